/** The two use cases of a reservation: hold stock for an order, and let it go. Both are safe to repeat and in either order. */
import { ConcurrencyConflict } from '../shared/kernel/errors.ts';
import type { OrderId } from '../shared/kernel/ids.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { fact, MAX_RACES } from '../shared/order-log/record-fact.ts';
import { OutOfStock, ReservationReleased } from './domain/errors.ts';
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

/**
 * Reserves all lines of the order or nothing. Resolves to the version of InventoryReserved.
 * @throws OutOfStock, ReservationReleased, OrderNotFound, ConcurrencyConflict
 */
export async function reserveStock({ inventory, log, now }: StockDeps, { orderId, version }: StockStep): Promise<number> {
  const created = await log.readCreated(orderId);
  const lines = created.data.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const event = fact(created, { type: 'InventoryReserved', data: { lines } }, 'ReserveInventory', now());
  let tail = version;
  for (let race = 0; race < MAX_RACES; race += 1) {
    const outcome = await inventory.reserve(orderId, lines, event, tail + 1);
    if (outcome.kind === 'reserved') return outcome.version;
    if (outcome.kind === 'out-of-stock') throw new OutOfStock(orderId, outcome.skus);
    if (outcome.kind === 'released') throw new ReservationReleased(orderId);
    const stream = await log.read(orderId);
    const known = stream.find(({ eventId }) => eventId === event.eventId);
    if (known) return known.version;
    tail = stream.length;
  }
  throw new ConcurrencyConflict(`Order ${orderId} kept changing while its stock was to be reserved.`);
}

/**
 * Puts back what is held for the order. Nothing held: makes sure that nothing will be, should the reservation be late.
 * Resolves to the last version that is known of the stream.
 * @throws OrderNotFound, ConcurrencyConflict
 */
export async function releaseStock({ inventory, log, now }: StockDeps, { orderId, version }: StockStep): Promise<number> {
  let tail = version;
  for (let race = 0; race < MAX_RACES; race += 1) {
    const reservation = await inventory.find(orderId);
    if (reservation.status === 'released') return tail;
    if (reservation.status === 'none') {
      if (await inventory.forbid(orderId)) return tail;
      continue;
    }
    const created = await log.readCreated(orderId);
    const { lines } = reservation;
    const event = fact(created, { type: 'InventoryReleased', data: { lines } }, 'ReleaseInventory', now());
    const outcome = await inventory.release(orderId, lines, event, tail + 1);
    if (outcome.kind === 'released') return outcome.version;
    tail = (await log.read(orderId)).length;
  }
  throw new ConcurrencyConflict(`Order ${orderId} kept changing while its stock was to be released.`);
}
