import { DependencyUnavailable } from '../../shared/kernel/errors.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { gapIn, type IncomingTransfer, markAfter } from '../domain/bank-statement.ts';
import { arrivalOf } from '../domain/unmatched-transfer.ts';
import type {
  BankMonitor,
  BankStatements,
  IsOurPayout,
  StatementMarks,
  TransferReferences,
  UnmatchedTransfers,
} from './bank-ports.ts';
import { notePayout } from './note-payout.ts';
import { recordTransferEvent, type TransferLogDeps } from './record-transfer-event.ts';
import { recordTransfer, STEP } from './settle-transfers.ts';

export interface StatementDeps extends StepDeps, TransferLogDeps {
  readonly statements: BankStatements;
  readonly transfers: Pick<UnmatchedTransfers, 'keep'>;
  readonly references: Pick<TransferReferences, 'find'>;
  readonly marks: StatementMarks;
  readonly bankMonitor: BankMonitor;
  readonly isOurPayout: IsOurPayout;
}

/** Of one call; what is left is for the next. */
const MOST_STATEMENTS = 20;

/**
 * Reads what was booked on the account since the last time. Money for an order is recorded in its stream as TransferReceived, once however often it is read;
 * money of which nobody knows what it is for, or that comes back to us, is recorded in a stream of its own and kept for a person. Money that somebody has paid out at the bank
 * itself with the reference of an order is recorded in its stream. The mark moves only after all of a statement is done.
 * @throws DependencyUnavailable, also for a statement that does not follow on from the last one; ConcurrencyConflict
 */
export async function readStatements(deps: StatementDeps): Promise<void> {
  const { statements, marks, bankMonitor } = deps;
  for (let read = 0; read < MOST_STATEMENTS; read += 1) {
    const before = await marks.find();
    const statement = await statements.after(before?.entryId);
    const gap = gapIn(statement, before);
    if (gap !== undefined) {
      bankMonitor.gap(gap);
      throw new DependencyUnavailable('A statement of the bank has a gap.', { cause: new Error(gap) });
    }
    for (const { transfer, payout } of statement.entries) {
      if (transfer !== undefined) await take(deps, transfer);
      if (payout !== undefined) await notePayout(deps, payout);
    }
    const after = markAfter(statement);
    if (after === undefined || !(await marks.move(after, before))) return;
  }
}

async function take(deps: StatementDeps, transfer: IncomingTransfer): Promise<void> {
  const { transfers, references, bankMonitor, now } = deps;
  const { transferId, amount, debtor, text, isReturn } = transfer;
  const orderId = isReturn ? undefined : await references.find(transfer.references);
  if (orderId !== undefined) return recordTransfer(deps, orderId, transfer);
  if (isReturn) bankMonitor.stranded(transferId);
  else bankMonitor.unknown(transferId);
  const unmatched = { transferId, amount, ...(isReturn ? { isReturn: true as const } : {}) };
  await recordTransferEvent(deps, transferId, arrivalOf(unmatched), { type: 'system', id: STEP });
  await transfers.keep({ ...unmatched, details: { debtor, text }, readAt: new Date(now()).toISOString() });
}
