/** The two use cases of a reservation: hold stock for an order, and let it go. Both are safe to repeat and in either order. */

import type { OrderLog } from '../../shared/event-log/port.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { readOrderSoFar, stopIfCancelled } from '../../shared/saga-step/order-so-far.ts';
import { fact, MAX_RACES } from '../../shared/saga-step/record-fact.ts';
import { OutOfStock, ReservationReleased } from '../domain/errors.ts';
import type { Inventory } from './ports.ts';

export interface StockDeps {
  readonly inventory: Inventory;
  readonly log: OrderLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface StockStep {
  readonly orderId: OrderId;
  /** Where the saga last knew the order's stream to end. */
  readonly version: number;
}

export interface ForwardStockStep extends StockStep {
  /** How often the state machine has tried this step before. */
  readonly attempt: number;
}

/**
 * Reserves all lines of the order, as they are when the reservation is made, or nothing. Resolves to the version of
 * InventoryReserved.
 * @throws OutOfStock, ReservationReleased, CancellationRequested, CancellationAfterAttempt, OrderNotFound, ConcurrencyConflict
 */
export async function reserveStock(
  { inventory, log, now }: StockDeps,
  { orderId, attempt }: ForwardStockStep,
): Promise<number> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const order = await readOrderSoFar(log, orderId);
    stopIfCancelled(order, attempt);
    const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
    const event = fact(order.cause, { type: 'InventoryReserved', data: { lines } }, 'ReserveInventory', now());
    const outcome = await inventory.reserve(orderId, lines, event, order.version + 1);
    if (outcome.kind === 'reserved') return outcome.version;
    if (outcome.kind === 'out-of-stock') throw new OutOfStock(orderId, outcome.skus);
    if (outcome.kind === 'released') throw new ReservationReleased(orderId);
    const known = order.versions.get(event.eventId);
    if (known !== undefined) return known;
  }
  throw new ConcurrencyConflict(`Order ${orderId} kept changing while its stock was to be reserved.`);
}

/**
 * Puts back what is held for the order. Nothing held: makes sure that nothing will be, should the reservation be late.
 * Resolves to the last version that is known of the stream.
 * @throws OrderNotFound, ConcurrencyConflict
 */
export async function releaseStock({ inventory, log, now }: StockDeps, { orderId }: StockStep): Promise<number> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const order = await readOrderSoFar(log, orderId);
    const reservation = await inventory.find(orderId);
    if (reservation.status === 'released') return order.version;
    if (reservation.status === 'none') {
      if (await inventory.forbid(orderId)) return order.version;
      continue;
    }
    const { lines } = reservation;
    const event = fact(order.cause, { type: 'InventoryReleased', data: { lines } }, 'ReleaseInventory', now());
    const outcome = await inventory.release(orderId, lines, event, order.version + 1);
    if (outcome.kind === 'released') return outcome.version;
  }
  throw new ConcurrencyConflict(`Order ${orderId} kept changing while its stock was to be released.`);
}
