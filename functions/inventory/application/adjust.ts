import type { ItemsChanged, NewOrderEvent } from '../../published/order-events.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { UnitsAt } from '../../shared/kernel/location.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { ItemsChangeNotPossible } from '../../shared/saga-step/errors.ts';
import { isReservationExpired } from '../../shared/saga-step/expired-reservation.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import type { ChangeStep } from '../../shared/saga-step/step-input.ts';
import { changeToMake } from '../../shared/saga-step/stop-conditions.ts';
import { OutOfStock } from '../domain/errors.ts';
import { type LocationsSettings, preferring, sourcesOf } from '../domain/sources.ts';
import { unitsAt, unitsOf } from '../domain/stock-line.ts';
import type { AdjustOutcome, EventOf, InventoryDeps } from './ports.ts';

const STEP = 'AdjustReservation';

/**
 * Makes the requested change of items: stock, reservation and ItemsChanged in one transaction. Does nothing when the
 * change was answered before.
 * @throws OutOfStock, ItemsChangeNotPossible, OrderNotFound, ConcurrencyConflict
 */
export async function adjustReservation(
  deps: InventoryDeps,
  step: ChangeStep,
  settings: LocationsSettings,
): Promise<void> {
  const { orderId, changeId } = step;
  await untilWon(`Order ${orderId} kept changing while its items were to be changed.`, async () => {
    const order = await readOrderSoFar(deps.log, orderId);
    const change = changeToMake(order, step);
    if (!change) return undefined;
    if (isReservationExpired(order, deps.now())) throw new ItemsChangeNotPossible(orderId, changeId);
    const at = deps.now();
    const event: EventOf<NewOrderEvent<ItemsChanged>> = (allocation) =>
      fact(change, { type: 'ItemsChanged', data: { ...change.data, ...allocated(allocation) } }, STEP, at);
    const outcome = await adjust(deps, order, event, settings);
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

/** Of an order whose goods are not reserved there is nothing to say. */
const allocated = (allocation: readonly UnitsAt[]) => (allocation.length === 0 ? {} : { allocation });

/**
 * Before the reservation is made the change has to wait: whether there is enough stock can only be said afterwards, and the order
 * would be lost with its change. After a release the order is on its way to be cancelled, which its stream may not say yet.
 */
async function adjust(
  { inventory, log }: InventoryDeps,
  order: OrderSoFar,
  event: EventOf<NewOrderEvent<ItemsChanged>>,
  settings: LocationsSettings,
): Promise<AdjustOutcome> {
  const { orderId } = order.created;
  const { data } = event([]);
  const reservation = await inventory.find(orderId);
  switch (reservation.status) {
    case 'held': {
      const from = reservation.lines;
      const own = unitsAt(from).map(({ location }) => location);
      const sources = preferring(sourcesOf(settings, order.shippingAddress.country), own);
      return inventory.adjust(orderId, { from, to: unitsOf(data.lines), sources }, event, order.version + 1);
    }
    // There is nothing to adjust: the order then waits for what it has become.
    case 'backordered':
      return (await log.append(orderId, order.version, [event([])])).ok
        ? { kind: 'adjusted' }
        : { kind: 'version-taken' };
    case 'confirmed':
    case 'released':
      throw new ItemsChangeNotPossible(orderId, data.changeId);
    case 'none':
      throw new ConcurrencyConflict(`The stock of order ${orderId} is to be reserved before its items can change.`);
  }
}
