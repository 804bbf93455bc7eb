/** Customers whom a busy machine has kept waiting until their window to pay was over: their orders are cancelled as they should be. */
import type { BookedOrder } from '../fault/books.ts';
import type { Kind } from '../fault/load.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';

/** The orders with what may become of those whose customers have not paid in time, or whose payment was not known in time. */
export function withLatePayers(orders: readonly BookedOrder[], channels: readonly LedgerEntry[]): BookedOrder[] {
  const entries = Map.groupBy(channels, ({ key }) => key);
  return orders.map((order) =>
    isTooLate(order, entries.get(order.orderId) ?? []) ? { ...order, kind: mayNotBePaid(order.kind) } : order,
  );
}

function isTooLate({ events }: BookedOrder, entries: readonly LedgerEntry[]): boolean {
  const asked = events.findLast((event) => event.type === 'PaymentActionRequired');
  if (asked === undefined) return false;
  const until = Date.parse(asked.data.expiresAt);
  const payments = entries.filter(({ kind }) => kind === 'payment' || kind === 'authorisation');
  const knownAt =
    asked.data.action.type === 'transfer'
      ? events.findLast(({ type }) => type === 'TransferReceived')
      : events.find(({ type }) => type === 'PaymentNotified');
  const isKnown = knownAt !== undefined && Date.parse(knownAt.occurredAt) < until;
  // At the end of the window the channel is asked once more.
  const isFound = payments.some(({ at }) => Date.parse(at) < until);
  return !isKnown && !isFound;
}

const mayNotBePaid = (kind: Kind): Kind => ({
  ...kind,
  ends: [...(kind.ends ?? []), 'cancelled'],
  reasons: [...(kind.reasons ?? []), 'payment_not_made'],
});
