import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { stopIfNotWanted } from '../../shared/saga-step/stop-conditions.ts';
import { OutOfStock, ReservationReleased } from '../domain/errors.ts';
import { unitsOf } from '../domain/stock-line.ts';
import type { InventoryDeps } from './ports.ts';

/**
 * Reserves all lines of the order, as they are when the reservation is made, together with InventoryReserved; or nothing. Safe
 * to repeat, and to call after the release.
 * @param keepSeconds how long the goods are kept for the order if it is not paid before
 * @throws OutOfStock, ReservationReleased, CancellationRequested, CancellationAfterAttempt, OrderNotFound, ConcurrencyConflict
 */
export async function reserveStock(deps: InventoryDeps, step: ForwardStep, keepSeconds: number): Promise<void> {
  const { inventory, log, now } = deps;
  const { orderId } = step;
  await untilWon(`Order ${orderId} kept changing while its stock was to be reserved.`, async (race) => {
    // The reservation takes the next place in the stream: it fails when the stream has gone on.
    const order = await readOrderSoFar(log, orderId, race === 0 ? 'eventual' : 'strong');
    await stopIfNotWanted(deps, order, step);
    const lines = unitsOf(order.lines);
    const at = now();
    const data = { lines, expiresAt: new Date(at + 1_000 * keepSeconds).toISOString() };
    const event = fact(order.cause, { type: 'InventoryReserved', data }, 'ReserveInventory', at);
    const outcome = await inventory.reserve(orderId, lines, event, order.version + 1);
    switch (outcome.kind) {
      case 'reserved':
        return undefined;
      case 'out-of-stock':
        // An earlier attempt may still be on its way, and must not reserve what the order no longer waits for.
        if (!(await inventory.forbid(orderId))) return LOST_RACE;
        throw new OutOfStock(orderId, outcome.skus);
      case 'released':
        throw new ReservationReleased(orderId);
      case 'already-reserved':
      case 'version-taken':
        return order.recorded.has(event.eventId) ? undefined : LOST_RACE;
    }
  });
}
