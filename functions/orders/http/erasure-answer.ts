import type { ErasureProgress } from '../application/request-erasure.ts';

/** So many orders are named of those that something is under way of. */
const NAMED = 100;

/** The address of an erasure. */
export const erasurePathOf = (customerId: string, erasureId: string): string =>
  `/api/v1/customers/${customerId}/erasures/${erasureId}`;

/** An erasure and how far it is, as the API shows it. */
export function erasureAnswer({ erasure, orders }: ErasureProgress) {
  const { erasureId, customerId, status, reason, requestedAt, doneAt } = erasure;
  const waiting = orders.flatMap((order) =>
    order.state === 'waiting' ? [{ orderId: order.orderId, why: order.why }] : [],
  );
  const erased = orders.filter(({ state }) => state === 'erased' || state === 'confirmed').length;
  return {
    erasureId,
    customerId,
    status,
    reason,
    requestedAt,
    ...(doneAt === undefined ? {} : { doneAt }),
    orders: { erased, next: orders.length - erased - waiting.length, waiting: waiting.length },
    waiting: waiting.slice(0, NAMED),
    links: { self: erasurePathOf(customerId, erasureId) },
  };
}
