/** What a change of items means for the goods that are held; the change is made together with it, or not at all. */

import type { ItemsChanged, NewOrderEvent } from '../../published/order-events.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { ItemsChangeNotPossible } from '../../shared/saga-step/errors.ts';
import { changeToMake } from '../../shared/saga-step/items-change.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, MAX_RACES } from '../../shared/saga-step/record-fact.ts';
import { OutOfStock } from '../domain/errors.ts';
import type { StockDeps } from './hold-stock.ts';
import type { AdjustOutcome } from './ports.ts';

interface ChangeStep {
  readonly orderId: OrderId;
  readonly changeId: string;
}

/**
 * Makes the change of items that was asked for: stock, reservation and ItemsChanged at once. Resolves to the version of
 * ItemsChanged; to the stream's last when the change was answered before.
 * @throws OutOfStock, ItemsChangeNotPossible, OrderNotFound, ConcurrencyConflict
 */
export async function changeReservation(deps: StockDeps, { orderId, changeId }: ChangeStep): Promise<number> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const order = await readOrderSoFar(deps.log, orderId);
    const change = changeToMake(order, changeId);
    if (!change) return order.version;
    const event = fact(change, { type: 'ItemsChanged', data: change.data }, 'AdjustReservation', deps.now());
    const outcome = await adjust(deps, orderId, event, order.version + 1);
    if (outcome.kind === 'adjusted') return outcome.version;
    if (outcome.kind === 'out-of-stock') throw new OutOfStock(orderId, outcome.skus);
    if (outcome.kind === 'too-many-articles') throw new ItemsChangeNotPossible(orderId, changeId);
  }
  throw new ConcurrencyConflict(`Order ${orderId} kept changing while its items were to be changed.`);
}

/**
 * A reservation that is still to be made is waited for: nobody could say before whether there is enough, and the order would be lost
 * with its change. After a release the order is on its way to be cancelled, which its stream may not say yet.
 */
async function adjust(
  { inventory }: StockDeps,
  orderId: OrderId,
  event: NewOrderEvent<ItemsChanged>,
  version: number,
): Promise<AdjustOutcome> {
  const reservation = await inventory.find(orderId);
  switch (reservation.status) {
    case 'held': {
      const to = event.data.lines.map(({ sku, quantity }) => ({ sku, quantity }));
      return inventory.adjust(orderId, { from: reservation.lines, to }, event, version);
    }
    case 'released':
      throw new ItemsChangeNotPossible(orderId, event.data.changeId);
    case 'none':
      throw new ConcurrencyConflict(`The stock of order ${orderId} is to be reserved before its items can change.`);
  }
}
