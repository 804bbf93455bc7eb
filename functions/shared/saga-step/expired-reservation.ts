/** Reservations that have expired. See docs/decisions/0098-a-reservation-expires-until-it-is-paid.md. */
import { ConcurrencyConflict } from '../kernel/errors.ts';
import type { StepDeps } from './conclude-step.ts';
import type { OrderSoFar } from './order-so-far.ts';
import { fact } from './record-fact.ts';

/** Whether the goods are not kept for the order any more. @param now milliseconds since the epoch */
export const isReservationExpired = ({ reservationExpiresAt }: OrderSoFar, now: number): boolean =>
  reservationExpiresAt !== undefined && Date.parse(reservationExpiresAt) <= now;

/**
 * Has an order cancelled whose reservation has expired: its saga then releases the goods like those of any cancelled order.
 * @returns whether the order is to be cancelled for that
 * @throws ConcurrencyConflict when the order has gone on since it was read: it may be paid by now
 */
export async function cancelIfExpired({ log, now }: StepDeps, order: OrderSoFar): Promise<boolean> {
  if (order.cancelled || !isReservationExpired(order, now())) return false;
  const { orderId } = order.created;
  const from = order.authorised === undefined ? 'inventory_reserved' : 'payment_completed';
  const data = { reason: 'reservation_expired', from } as const;
  const event = fact(order.cause, { type: 'CancellationRequested', data }, 'ExpireReservation', now());
  if ((await log.append(orderId, order.version, [event])).ok) return true;
  throw new ConcurrencyConflict(`Order ${orderId} changed while its reservation was to expire.`);
}
