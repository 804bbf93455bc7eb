/** What an order keeps of the money that was transferred for it, and what goes back. Read from its stream alone, so that all contexts agree. Pure. */
import type { Money } from '../shared/kernel/money.ts';
import type { ItemsChanged, OrderCreated, RecordedOrderEvent, TransferReceived, UnitsRemoved } from './order-events.ts';

type Stream = readonly RecordedOrderEvent[];
export type Transfer = TransferReceived['data'];

/** The events that say what the order costs from then on. */
type Priced = RecordedOrderEvent<OrderCreated | ItemsChanged | UnitsRemoved>;
const isPriced = (event: RecordedOrderEvent): event is Priced =>
  event.type === 'OrderCreated' || event.type === 'ItemsChanged' || event.type === 'UnitsRemoved';

/** What the order costs by then. */
export const totalOf = (stream: Stream): Money | undefined => stream.findLast(isPriced)?.data.total;

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
  return transfersIn(stream).filter(
    ({ transferId }) => !kept.has(transferId) && !returned.has(transferId) && !isSettled(transferId, stream),
  );
}

/** Whether a person gave it back outside, or it was given up. */
const isSettled = (transferId: string, stream: Stream): boolean =>
  stream.some(
    ({ type, data }) => type === 'TaskResolved' && data.kind === 'transfer' && data.transferId === transferId,
  );

const transfersIn = (stream: Stream): readonly Transfer[] =>
  stream.flatMap((event) => (event.type === 'TransferReceived' ? event.data : []));
