/** Personal data is kept for as long as the shop has said, and no longer: orders that have been at rest since are erased without anybody asking. */
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type EraseOrderDeps, eraseOrder } from './erase-order.ts';
import type { ErasureMonitor, OldOrder, OldOrders, ToldCustomers } from './erasure-ports.ts';

export interface OldOrdersDeps extends EraseOrderDeps {
  readonly old: OldOrders;
  readonly inbox: Pick<ToldCustomers, 'forget'>;
  readonly monitor: ErasureMonitor;
  /** How far the pass over all orders is. */
  readonly cursor: { find(): Promise<OrderId | undefined>; save(after: OrderId | undefined): Promise<void> };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long personal data is kept after the last event of its order. */
  readonly keptDays: number;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 20;

/**
 * The next part of a pass over all orders. An order that was erased is looked at once more by the next pass, as by an erasure that somebody asked for.
 * @param until when it stops: milliseconds since the epoch
 * @throws the last failure, after the others of the part were tried
 */
export async function eraseOldOrders(deps: OldOrdersDeps, until: number): Promise<{ readonly erased: number }> {
  const before = new Date(deps.now() - deps.keptDays * DAY_MS).toISOString();
  const failures: unknown[] = [];
  let erased = 0;
  let after = await deps.cursor.find();
  do {
    const { orders, next } = await deps.old.page(before, after);
    for (let start = 0; start < orders.length; start += AT_ONCE) {
      const done = await Promise.all(
        orders.slice(start, start + AT_ONCE).map((order) => eraseOld(deps, order, failures)),
      );
      erased += done.filter(Boolean).length;
    }
    after = next;
  } while (after !== undefined && deps.now() < until);
  await deps.cursor.save(after);
  if (failures.length > 0) throw failures.at(-1);
  return { erased };
}

/** @returns whether something was erased */
async function eraseOld(deps: OldOrdersDeps, order: OldOrder, failures: unknown[]): Promise<boolean> {
  try {
    const { kind } = await eraseOrder(deps, order.orderId);
    // Also of one that a run before this has erased: it may have been interrupted after that, and a message may have come since.
    if (kind !== 'waits') await deps.inbox.forget(order.customerId, [order.orderId]);
    if (kind === 'clean') await deps.old.markErased(order);
    return kind === 'erased';
  } catch (error) {
    failures.push(error);
    deps.monitor.failed(order.orderId, error);
    return false;
  }
}
