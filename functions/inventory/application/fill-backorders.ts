import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import { CancellationAfterAttempt, CancellationRequested } from '../../shared/saga-step/errors.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { Backordered, OutOfStock, ReservationReleased } from '../domain/errors.ts';
import { unitsOf } from '../domain/stock-line.ts';
import type { Backorders, InventoryDeps, WaitingBackorder } from './ports.ts';
import { type ReserveSettings, reserveStock } from './reserve.ts';

export interface FillDeps extends InventoryDeps {
  readonly backorders: Backorders;
  readonly settings: () => Promise<ReserveSettings>;
}

export interface Look {
  /** With fewer units than that it ends. @default 1 */
  readonly least?: number;
  /** Whether an order that fails keeps the younger ones waiting no longer. @default false: the whole look is to be repeated first */
  readonly goesOn?: boolean;
}

/** As many as one read of those that wait takes. */
const PAGE = 25;

/**
 * Reserves units of an article for the orders that wait for it, the oldest first, until there are none. An order that wants more than
 * there is, or waits for another article as well, keeps its place and lets the next ones go first; but these get no more than it could
 * have had: what comes meanwhile is for the look that follows from it. Safe to repeat, also side by side.
 * @throws what an order failed with, such as ConcurrencyConflict
 */
export async function fillBackorders(
  deps: FillDeps,
  sku: Sku,
  { least = 1, goesOn = false }: Look = {},
): Promise<void> {
  const failures: unknown[] = [];
  let left = Number.POSITIVE_INFINITY;
  let after: WaitingBackorder | undefined;
  do {
    const page = await deps.backorders.page(sku, PAGE, after);
    for (const { orderId } of page) {
      if (left < least) break;
      try {
        left = await fill(deps, orderId, sku, left);
      } catch (error) {
        if (!goesOn) throw error;
        failures.push(error);
      }
    }
    after = page.length < PAGE || left < least ? undefined : page.at(-1);
  } while (after !== undefined);
  if (failures.length > 0) throw failures[0];
}

/**
 * An order has begun to wait, and goods may have come in the moment before: a look at what it waits for, unless there is too little for
 * it, so that none of the others that wait has to be asked.
 */
export async function fillFor(deps: FillDeps, orderId: OrderId, look: Look = {}): Promise<void> {
  const found = await deps.inventory.find(orderId);
  if (found.status !== 'backordered') return;
  const order = await readOrderSoFar(deps.log, orderId);
  await fillBackorders(deps, found.awaits, { ...look, least: unitsWanted(order, found.awaits) });
}

/**
 * The order's saga goes on by InventoryReserved; one that is to be cancelled sees to itself.
 * @param left how many units those that wait longer have left over; infinite before the first one that got nothing
 * @returns how many are left over for the next one
 */
async function fill(deps: FillDeps, orderId: OrderId, sku: Sku, left: number): Promise<number> {
  const wanted = Number.isFinite(left) ? unitsWanted(await readOrderSoFar(deps.log, orderId, 'eventual'), sku) : 0;
  if (wanted > left) return left;
  try {
    // It waits already, whatever the shop does with new orders by now.
    const settings: ReserveSettings = { ...(await deps.settings()), whenShort: 'backorder' };
    await reserveStock(deps, { orderId, attempt: 1, canWait: true, awaits: sku }, settings);
    return left - wanted;
  } catch (error) {
    if (error instanceof Backordered) {
      const short = error.short.find((article) => article.sku === sku);
      return Math.min(left, short?.available ?? left);
    }
    if (ENDED.some((type) => error instanceof type)) return left;
    throw error;
  }
}

const unitsWanted = ({ lines }: OrderSoFar, sku: Sku): number =>
  unitsOf(lines).find((line) => line.sku === sku)?.quantity ?? 0;

const ENDED = [CancellationRequested, CancellationAfterAttempt, OutOfStock, ReservationReleased];
