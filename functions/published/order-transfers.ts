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

/** The transfers that pay for the order, oldest first: those that came before the payment was captured and did not go back, unless the order has ended without. */
export function payingTransfers(stream: Stream): readonly Transfer[] {
  const captured = stream.findIndex(({ type }) => type === 'PaymentCaptured');
  if (captured < 0 && stream.some(({ type }) => type === 'OrderCancelled')) return [];
  const currency = totalOf(stream)?.currency;
  const before = captured < 0 ? stream : stream.slice(0, captured);
  const returned = returnedIn(before);
  return transfersIn(before).filter(
    ({ transferId, amount }) => amount.currency === currency && !returned.has(transferId),
  );
}

/** The transfers that are to go back, each to the account from which it came, and did not yet. */
export function surplusTransfers(stream: Stream): readonly Transfer[] {
  const kept = new Set(payingTransfers(stream).map(({ transferId }) => transferId));
  return unreturned(stream).filter(({ transferId }) => !kept.has(transferId) && !isSettled(transferId, stream));
}

/** The transfers that have not gone back and that no payment was captured of: a person can give one back at the bank itself. Oldest first. */
export function uncapturedTransfers(stream: Stream): readonly Transfer[] {
  const isCaptured = stream.some(({ type }) => type === 'PaymentCaptured');
  const kept = new Set(isCaptured ? payingTransfers(stream).map(({ transferId }) => transferId) : []);
  return unreturned(stream).filter(({ transferId }) => !kept.has(transferId));
}

const unreturned = (stream: Stream): readonly Transfer[] => {
  const returned = returnedIn(stream);
  return transfersIn(stream).filter(({ transferId }) => !returned.has(transferId));
};

const returnedIn = (stream: Stream): ReadonlySet<string> =>
  new Set(stream.flatMap((event) => (event.type === 'TransferReturned' ? event.data.transferId : [])));

/** Whether a person gave it back outside, or it was given up. */
const isSettled = (transferId: string, stream: Stream): boolean =>
  stream.some(
    ({ type, data }) => type === 'TaskResolved' && data.kind === 'transfer' && data.transferId === transferId,
  );

const transfersIn = (stream: Stream): readonly Transfer[] =>
  stream.flatMap((event) => (event.type === 'TransferReceived' ? event.data : []));
