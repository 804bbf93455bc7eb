import type { ItemsChanged, NewOrderEvent } from '../../published/order-events.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { ItemsChangeNotPossible } from '../../shared/saga-step/errors.ts';
import { isReservationExpired } from '../../shared/saga-step/expired-reservation.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import type { ChangeStep } from '../../shared/saga-step/step-input.ts';
import { changeToMake } from '../../shared/saga-step/stop-conditions.ts';
import { OutOfStock } from '../domain/errors.ts';
import { unitsOf } from '../domain/stock-line.ts';
import type { AdjustOutcome, InventoryDeps } from './ports.ts';

/**
 * Makes the requested change of items: stock, reservation and ItemsChanged in one transaction. Does nothing when the
 * change was answered before.
 * @throws OutOfStock, ItemsChangeNotPossible, OrderNotFound, ConcurrencyConflict
 */
export async function adjustReservation(deps: InventoryDeps, step: ChangeStep): Promise<void> {
  const { orderId, changeId } = step;
  await untilWon(`Order ${orderId} kept changing while its items were to be changed.`, async () => {
    const order = await readOrderSoFar(deps.log, orderId);
    const change = changeToMake(order, step);
    if (!change) return undefined;
    if (isReservationExpired(order, deps.now())) throw new ItemsChangeNotPossible(orderId, changeId);
    const event = fact(change, { type: 'ItemsChanged', data: change.data }, 'AdjustReservation', deps.now());
    const outcome = await adjust(deps, orderId, event, order.version + 1);
    switch (outcome.kind) {
      case 'adjusted':
        return undefined;
      case 'out-of-stock':
        throw new OutOfStock(orderId, outcome.skus);
      case 'too-many-articles':
        throw new ItemsChangeNotPossible(orderId, changeId);
      case 'other-reservation':
      case 'version-taken':
        return LOST_RACE;
    }
  });
}

/**
 * Before the reservation is made the change has to wait: whether there is enough stock can only be said afterwards, and the order
 * would be lost with its change. After a release the order is on its way to be cancelled, which its stream may not say yet.
 */
async function adjust(
  { inventory, log }: InventoryDeps,
  orderId: OrderId,
  event: NewOrderEvent<ItemsChanged>,
  version: number,
): Promise<AdjustOutcome> {
  const reservation = await inventory.find(orderId);
  switch (reservation.status) {
    case 'held': {
      const to = unitsOf(event.data.lines);
      return inventory.adjust(orderId, { from: reservation.lines, to }, event, version);
    }
    // There is nothing to adjust: the order then waits for what it has become.
    case 'backordered':
      return (await log.append(orderId, version - 1, [event])).ok ? { kind: 'adjusted' } : { kind: 'version-taken' };
    case 'confirmed':
    case 'released':
      throw new ItemsChangeNotPossible(orderId, event.data.changeId);
    case 'none':
      throw new ConcurrencyConflict(`The stock of order ${orderId} is to be reserved before its items can change.`);
  }
}
