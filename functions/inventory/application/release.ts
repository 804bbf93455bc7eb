import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { isToBeUndone } from '../../shared/saga-step/stop-conditions.ts';
import { ReservationNotHeld } from '../domain/errors.ts';
import { unitsOf } from '../domain/stock-line.ts';
import type { InventoryDeps } from './ports.ts';

/**
 * Releases the order's reservation together with InventoryReleased. When there is none, makes sure that a late one will be
 * refused, and records nothing. Does nothing when the log has nothing to undo. Safe to repeat, and to call before the reservation.
 * @throws ReservationNotHeld when the goods have left, OrderNotFound, ConcurrencyConflict
 */
export async function releaseStock({ inventory, log, now }: InventoryDeps, { orderId }: Step): Promise<void> {
  await untilWon(`Order ${orderId} kept changing while its stock was to be released.`, async () => {
    const order = await readOrderSoFar(log, orderId);
    if (!isToBeUndone(order, 'ReleaseInventory')) return undefined;
    const reservation = await inventory.find(orderId);
    switch (reservation.status) {
      case 'released':
        return undefined;
      case 'confirmed':
        throw new ReservationNotHeld(orderId, reservation.status);
      case 'none':
      case 'backordered':
        return (await inventory.forbid(orderId)) ? undefined : LOST_RACE;
      case 'held': {
        const { lines } = reservation;
        const event = fact(
          order.cause,
          { type: 'InventoryReleased', data: { lines: unitsOf(lines) } },
          'ReleaseInventory',
          now(),
        );
        const outcome = await inventory.release(orderId, lines, event, order.version + 1);
        return outcome.kind === 'released' ? undefined : LOST_RACE;
      }
    }
  });
}
