import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Actor } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { IncomingTransfer } from '../domain/bank-statement.ts';
import type { TransferEnd } from '../domain/transfer-events.ts';
import { arrivalOf, isUndecided, type TransferDecision, type UnmatchedTransfer } from '../domain/unmatched-transfer.ts';
import type { BankMonitor, Payouts, UnmatchedTransfers } from './bank-ports.ts';
import { recordTransferEvent, type TransferLogDeps } from './record-transfer-event.ts';

export interface SettleTransfersDeps extends StepDeps, TransferLogDeps {
  readonly transfers: Pick<UnmatchedTransfers, 'page' | 'settle' | 'refuse'>;
  readonly payouts: Payouts;
  readonly bankMonitor: Pick<BankMonitor, 'stranded' | 'waiting'>;
}

/** Who records what statements say. */
export const STEP = 'ReadStatements';
/** Of one call; the others are for the next. */
const MOST_TRANSFERS = 100;

/**
 * Carries out what people have decided about transfers that nobody could match, and counts those that still wait for one. Safe to repeat.
 * @throws DependencyUnavailable, ConcurrencyConflict of the first that failed, after all others: the next call goes on
 */
export async function settleTransfers(deps: SettleTransfersDeps): Promise<void> {
  const { transfers, bankMonitor } = deps;
  const open = await transfers.page(MOST_TRANSFERS);
  bankMonitor.waiting(open.filter(isUndecided).length);
  const failures: unknown[] = [];
  for (const transfer of open) {
    try {
      const { decision, details, refusedAt } = transfer;
      if (decision !== undefined && details !== undefined && refusedAt === undefined) {
        await carryOut(deps, transfer, decision, details.debtor);
      }
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** What the bank cannot pay out waits for another decision: a person has to see to it. */
async function carryOut(
  deps: SettleTransfersDeps,
  transfer: UnmatchedTransfer,
  decision: TransferDecision,
  debtor: IncomingTransfer['debtor'],
): Promise<void> {
  const { payouts, bankMonitor, transfers, now } = deps;
  const { transferId, amount } = transfer;
  switch (decision.type) {
    case 'match': {
      const { orderId } = decision;
      await recordTransfer(deps, orderId, { transferId, amount, debtor }, decision.actor);
      return end(deps, transfer, { type: 'TransferMatched', data: { amount, orderId } }, decision);
    }
    case 'return': {
      const outcome = await payouts.giveBack({ transferId, amount, debtor });
      const { reason } = decision;
      if (outcome === 'made') {
        return end(deps, transfer, { type: 'TransferSentBack', data: { amount, reason } }, decision);
      }
      if (outcome === 'pending') return;
      bankMonitor.stranded(transferId);
      return transfers.refuse(transferId, decision, new Date(now()).toISOString());
    }
    case 'done_outside': {
      const { reason } = decision;
      return end(deps, transfer, { type: 'TransferDoneOutside', data: { amount, reason } }, decision);
    }
    default:
      return assertNever(decision);
  }
}

/** The books are told before the list forgets it. */
async function end(
  deps: SettleTransfersDeps,
  transfer: UnmatchedTransfer,
  event: TransferEnd,
  { actor }: TransferDecision,
): Promise<void> {
  const { transferId } = transfer;
  await recordTransferEvent(deps, transferId, arrivalOf(transfer), { type: 'system', id: STEP });
  await recordTransferEvent(deps, transferId, event, actor);
  await deps.transfers.settle(transfer);
}

/**
 * Records money for an order as TransferReceived in its stream, once however often it is asked.
 * @param actor who says that it is for the order. @default its reference
 */
export async function recordTransfer(
  { log, now }: StepDeps,
  orderId: OrderId,
  { transferId, amount, debtor }: Pick<IncomingTransfer, 'transferId' | 'amount' | 'debtor'>,
  actor?: Actor,
): Promise<void> {
  const stream = await log.read(orderId);
  const [created] = stream;
  if (created === undefined) throw new Error(`A transfer is for order ${orderId}, which there is not.`);
  const received = fact(created, { type: 'TransferReceived', data: { transferId, amount, debtor } }, STEP, now());
  if (stream.some(({ eventId }) => eventId === received.eventId)) return;
  const event = actor === undefined ? received : { ...received, actor };
  await recordFact(log, { orderId, atVersion: stream.length, event });
}
