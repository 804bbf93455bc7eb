import type { OrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import { totalOf, uncapturedTransfers } from '../../published/order-transfers.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { OutgoingTransfer } from '../domain/bank-statement.ts';
import { openTaskOf } from '../domain/returned-transfer.ts';
import type { IsOurPayout, TransferReferences } from './bank-ports.ts';
import { STEP } from './settle-transfers.ts';

interface PayoutDeps extends StepDeps {
  readonly references: Pick<TransferReferences, 'find'>;
  readonly isOurPayout: IsOurPayout;
}

/**
 * Records money that somebody has paid out at the bank itself, with the reference of an order: a transfer that no payment was captured of went back, which ends its task;
 * anything else is a refund, of which the bank tells as other channels do (PaymentNotified). Does nothing for what the platform has ordered, and for money in a currency that
 * is not the order's. Safe to repeat.
 * @throws ConcurrencyConflict
 */
export async function notePayout(
  { log, now, references, isOurPayout }: PayoutDeps,
  { entryId, amount, number, references: quoted }: OutgoingTransfer,
): Promise<void> {
  const orderId = await references.find(quoted);
  if (orderId === undefined) return;
  const stream = await log.read(orderId);
  const [created] = stream;
  if (created === undefined || isOurPayout(stream, number)) return;
  const back =
    returnIn(stream, entryId) ?? uncapturedTransfers(stream).find((transfer) => isSame(transfer.amount, amount));
  const record = async (told: OrderEvent): Promise<void> => {
    const event = fact(created, told, STEP, now());
    if (stream.some(({ eventId }) => eventId === event.eventId)) return;
    await recordFact(log, { orderId, atVersion: stream.length, event });
  };
  if (back) return recordReturn(back.transferId);
  if (totalOf(stream)?.currency !== amount.currency) return undefined;
  const refund = { number: entryId, amount };
  return record({
    type: 'PaymentNotified',
    data: { channel: 'bank', notificationId: entryId, ofRefund: true, refund },
  });

  async function recordReturn(transferId: string): Promise<void> {
    const taskId = openTaskOf(transferId, stream);
    await record({ type: 'TransferReturned', data: { transferId, amount, atChannel: entryId } });
    if (taskId === undefined) return;
    await record({ type: 'TaskResolved', data: { taskId, kind: 'transfer', transferId, resolution: 'completed' } });
  }
}

/** The transfer that went back with the entry, when that is on record. */
function returnIn(stream: readonly RecordedOrderEvent[], entryId: string): { readonly transferId: string } | undefined {
  const returned = stream.find((event) => event.type === 'TransferReturned' && event.data.atChannel === entryId);
  return returned?.type === 'TransferReturned' ? returned.data : undefined;
}

const isSame = (one: OutgoingTransfer['amount'], other: OutgoingTransfer['amount']): boolean =>
  one.amount === other.amount && one.currency === other.currency;
