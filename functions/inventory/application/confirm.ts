import type { OrderDelivered, OrderShipped, RecordedOrderEvent } from '../../published/order-events.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import { ReservationNotHeld } from '../domain/errors.ts';
import type { InventoryDeps } from './ports.ts';

/**
 * Confirms the reservation of an order whose goods have left: its units are sold, together with ReservationConfirmed. Safe to repeat.
 * @param left the goods have left, or have even arrived
 * @throws ReservationNotHeld when it was released before, or never made; ConcurrencyConflict
 */
export async function confirmReservation(
  { inventory, log, now }: InventoryDeps,
  left: RecordedOrderEvent<OrderShipped | OrderDelivered>,
): Promise<void> {
  const { orderId } = left;
  await untilWon(`Order ${orderId} kept changing while its reservation was to be confirmed.`, async () => {
    const reservation = await inventory.find(orderId);
    switch (reservation.status) {
      case 'confirmed':
        return undefined;
      case 'none':
      case 'released':
        throw new ReservationNotHeld(orderId, reservation.status);
      case 'held': {
        const { lines } = reservation;
        const [last] = await log.readLast(orderId, 1);
        const event = fact(left, { type: 'ReservationConfirmed', data: { lines } }, 'ConfirmReservation', now());
        const outcome = await inventory.confirm(orderId, lines, event, (last ?? left).version + 1);
        return outcome.kind === 'confirmed' ? undefined : LOST_RACE;
      }
    }
  });
}
