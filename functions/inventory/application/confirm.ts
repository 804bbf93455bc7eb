import type { OrderDelivered, OrderShipped, RecordedOrderEvent, ReturnReceived } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { isReservationExpired } from '../../shared/saga-step/expired-reservation.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import { ReservationNotHeld } from '../domain/errors.ts';
import { unitsOf } from '../domain/stock-line.ts';
import type { InventoryDeps } from './ports.ts';

/**
 * Confirms the reservation of an order whose goods have left: its units are sold, together with ReservationConfirmed. Safe to repeat.
 * @param left the goods have left, have arrived, or are back
 * @throws ReservationNotHeld when it was released before, never made, or has expired before the order was paid; ConcurrencyConflict
 */
export async function confirmReservation(
  { inventory, log, now }: InventoryDeps,
  left: RecordedOrderEvent<OrderShipped | OrderDelivered | ReturnReceived>,
): Promise<void> {
  const { orderId } = left;
  await untilWon(`Order ${orderId} kept changing while its reservation was to be confirmed.`, async () => {
    const reservation = await inventory.find(orderId);
    switch (reservation.status) {
      case 'confirmed':
        return undefined;
      case 'none':
      case 'backordered':
      case 'released':
        throw new ReservationNotHeld(orderId, reservation.status);
      case 'held': {
        const { lines, expiresAt } = reservation;
        if (expiresAt !== undefined && Date.parse(expiresAt) <= now()) await stopIfUnpaid(log, orderId, now());
        const [last] = await log.readLast(orderId, 1);
        const event = fact(
          left,
          { type: 'ReservationConfirmed', data: { lines: unitsOf(lines) } },
          'ConfirmReservation',
          now(),
        );
        const outcome = await inventory.confirm(orderId, lines, event, (last ?? left).version + 1);
        return outcome.kind === 'confirmed' ? undefined : LOST_RACE;
      }
    }
  });
}

/** Beyond its expiry, a reservation is only good for an order that was paid in time, as an order that is shipped was. */
async function stopIfUnpaid(log: OrderLog, orderId: OrderId, now: number): Promise<void> {
  const order = await readOrderSoFar(log, orderId);
  if (isReservationExpired(order, now)) throw new ReservationNotHeld(orderId, 'expired');
}
