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
  const isInTime = (at: string | undefined): boolean => at !== undefined && Date.parse(at) < until;
  // A transfer is known once a statement that was read shows it; in parts, once the last one is.
  if (asked.data.action.type === 'transfer') {
    return !isInTime(events.findLast(({ type }) => type === 'TransferReceived')?.occurredAt);
  }
  const payments = entries.filter(({ kind }) => kind === 'payment' || kind === 'authorisation');
  // At the end of the window the channel is asked once more.
  return (
    !isInTime(events.find(({ type }) => type === 'PaymentNotified')?.occurredAt) &&
    !payments.some(({ at }) => isInTime(at))
  );
}

const mayNotBePaid = (kind: Kind): Kind => ({
  ...kind,
  ends: [...(kind.ends ?? []), 'cancelled'],
  reasons: [...(kind.reasons ?? []), 'payment_not_made'],
});
