import type { Actor } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { IncomingTransfer } from '../domain/bank-statement.ts';
import type { UnmatchedTransfer } from '../domain/unmatched-transfer.ts';
import type { BankMonitor, Payouts, UnmatchedTransfers } from './bank-ports.ts';

export interface SettleTransfersDeps extends StepDeps {
  readonly transfers: Pick<UnmatchedTransfers, 'page' | 'settle'>;
  readonly payouts: Payouts;
  readonly bankMonitor: Pick<BankMonitor, 'stranded' | 'waiting'>;
}

const STEP = 'ReadStatements';
/** Of one call; the others are for the next. */
const MOST_TRANSFERS = 100;

/**
 * Carries out what people have decided about transfers that nobody could match, and counts those that still wait for one. Safe to repeat.
 * @throws DependencyUnavailable, ConcurrencyConflict of the first that failed, after all others: the next call goes on
 */
export async function settleTransfers(deps: SettleTransfersDeps): Promise<void> {
  const { transfers, bankMonitor } = deps;
  const open = await transfers.page(MOST_TRANSFERS);
  bankMonitor.waiting(open.filter(({ decision }) => decision === undefined).length);
  const failures: unknown[] = [];
  for (const transfer of open) {
    try {
      if (await isDone(deps, transfer)) await transfers.settle(transfer.transferId);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** A transfer that the bank cannot pay out stays in the list: a person has to see to it. */
async function isDone(deps: SettleTransfersDeps, transfer: UnmatchedTransfer): Promise<boolean> {
  const { payouts, bankMonitor } = deps;
  const { decision, details, transferId, amount } = transfer;
  if (decision === undefined || details === undefined) return false;
  const { debtor } = details;
  if (decision.type === 'match') {
    await recordTransfer(deps, decision.orderId, { transferId, amount, debtor }, decision.actor);
    return true;
  }
  const outcome = await payouts.giveBack({ transferId, amount, debtor });
  if (outcome === 'refused') bankMonitor.stranded(transferId);
  return outcome === 'made';
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
