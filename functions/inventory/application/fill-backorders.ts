import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import { CancellationAfterAttempt, CancellationRequested } from '../../shared/saga-step/errors.ts';
import { Backordered, ReservationReleased } from '../domain/errors.ts';
import type { Shortage } from '../domain/stock-line.ts';
import type { Backorders, InventoryDeps, WaitingBackorder } from './ports.ts';
import { type ReserveSettings, reserveStock } from './reserve.ts';

export interface FillDeps extends InventoryDeps {
  readonly backorders: Backorders;
  readonly settings: () => Promise<ReserveSettings>;
}

/** As many as one read of those that wait takes. */
const PAGE = 25;

/**
 * Reserves units of an article for the orders that wait for it, the oldest first, until there are none. An order that wants more than
 * there is, or waits for another article as well, keeps its place and lets the next ones go first. Safe to repeat.
 * @throws ConcurrencyConflict
 */
export async function fillBackorders(deps: FillDeps, sku: Sku): Promise<void> {
  let after: WaitingBackorder | undefined;
  do {
    const page = await deps.backorders.page(sku, PAGE, after);
    for (const { orderId } of page) {
      const short = await fill(deps, orderId);
      if (short.some((article) => article.sku === sku && article.available <= 0)) return;
    }
    after = page.length < PAGE ? undefined : page.at(-1);
  } while (after !== undefined);
}

/** The order's saga goes on by InventoryReserved; one that is to be cancelled sees to itself. Resolves to what the order still waits for. */
async function fill(deps: FillDeps, orderId: OrderId): Promise<readonly Shortage[]> {
  try {
    await reserveStock(deps, { orderId, attempt: 1, canWait: true }, await deps.settings());
    return [];
  } catch (error) {
    if (error instanceof Backordered) return error.short;
    if (ENDED.some((type) => error instanceof type)) return [];
    throw error;
  }
}

const ENDED = [CancellationRequested, CancellationAfterAttempt, ReservationReleased];
