import { DependencyUnavailable } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { gapIn, type IncomingTransfer, markAfter } from '../domain/bank-statement.ts';
import type { BankMonitor, BankStatements, Payouts, StatementMarks, TransferReferences } from './bank-ports.ts';

export interface StatementDeps extends StepDeps {
  readonly statements: BankStatements;
  readonly payouts: Payouts;
  readonly references: Pick<TransferReferences, 'find'>;
  readonly marks: StatementMarks;
  readonly bankMonitor: BankMonitor;
}

const STEP = 'ReadStatements';
/** Of one call; what is left is for the next. */
const MOST_STATEMENTS = 20;

/**
 * Reads what was booked on the account since the last time. Money for an order is recorded in its stream as TransferReceived, once however often it is read;
 * money that is for none goes back. The mark moves only after all of a statement is done.
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
    for (const { transfer } of statement.entries) if (transfer !== undefined) await take(deps, transfer);
    const after = markAfter(statement);
    if (after === undefined || !(await marks.move(after, before))) return;
  }
}

async function take(deps: StatementDeps, transfer: IncomingTransfer): Promise<void> {
  const { payouts, references, bankMonitor } = deps;
  const { transferId, isReturn } = transfer;
  if (isReturn) return bankMonitor.stranded(transferId);
  const orderId = await references.find(transfer.references);
  if (orderId !== undefined) return record(deps, orderId, transfer);
  bankMonitor.unknown(transferId);
  if ((await payouts.giveBack(transfer)) === 'refused') bankMonitor.stranded(transferId);
}

async function record({ log, now }: StatementDeps, orderId: OrderId, transfer: IncomingTransfer): Promise<void> {
  const stream = await log.read(orderId);
  const [created] = stream;
  if (created === undefined) throw new Error(`A reference leads to order ${orderId}, which there is not.`);
  const { transferId, amount, debtor } = transfer;
  const event = fact(created, { type: 'TransferReceived', data: { transferId, amount, debtor } }, STEP, now());
  if (stream.some(({ eventId }) => eventId === event.eventId)) return;
  await recordFact(log, { orderId, atVersion: stream.length, event });
}
