/** What an order keeps of the money that was transferred for it, and what goes back. Read from its stream alone, so that all contexts agree. Pure. */
import type { Money } from '../shared/kernel/money.ts';
import type { RecordedOrderEvent, TransferReceived } from './order-events.ts';

type Stream = readonly RecordedOrderEvent[];
export type Transfer = TransferReceived['data'];

/** What the order costs by then. */
export function totalOf(stream: Stream): Money | undefined {
  const priced = stream.findLast(({ type }) => type === 'ItemsChanged' || type === 'OrderCreated');
  return priced?.type === 'ItemsChanged' || priced?.type === 'OrderCreated' ? priced.data.total : undefined;
}

/** The transfers that pay for the order, oldest first: those that came before the payment was captured, unless the order has ended without. */
export function payingTransfers(stream: Stream): readonly Transfer[] {
  const captured = stream.findIndex(({ type }) => type === 'PaymentCaptured');
  if (captured < 0 && stream.some(({ type }) => type === 'OrderCancelled')) return [];
  const currency = totalOf(stream)?.currency;
  return transfersIn(captured < 0 ? stream : stream.slice(0, captured)).filter(
    ({ amount }) => amount.currency === currency,
  );
}

/** The transfers that are to go back, each to the account from which it came, and did not yet. */
export function surplusTransfers(stream: Stream): readonly Transfer[] {
  const kept = new Set(payingTransfers(stream).map(({ transferId }) => transferId));
  const returned = new Set(stream.flatMap((event) => (event.type === 'TransferReturned' ? event.data.transferId : [])));
  return transfersIn(stream).filter(({ transferId }) => !kept.has(transferId) && !returned.has(transferId));
}

const transfersIn = (stream: Stream): readonly Transfer[] =>
  stream.flatMap((event) => (event.type === 'TransferReceived' ? event.data : []));
