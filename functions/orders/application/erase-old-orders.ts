/** Personal data is kept for as long as the shop has said, and no longer: orders that have been at rest since are erased without anybody asking. */
import { DAY_MS, isoOf } from '../../shared/kernel/time.ts';
import { type EraseOrderDeps, eraseOrder, forgetLate, type LostTerms } from './erase-order.ts';
import type { ErasureMonitor, OldOrder, OldOrders } from './erasure-ports.ts';

export interface OldOrdersDeps extends EraseOrderDeps {
  readonly old: OldOrders;
  readonly monitor: ErasureMonitor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** How long personal data is kept after the last event of its order. */
  readonly keptDays: number;
}

const AT_ONCE = 20;
/** When an order is looked at once more that was erased, and one that something is open of. */
const AGAIN_MS = { erased: 10 * 60_000, waits: DAY_MS };

/**
 * Erases what is due, the oldest first. An order that was erased is looked at once more minutes later, as by an erasure that somebody asked for.
 * @param until when it stops: milliseconds since the epoch
 * @throws the last failure, after the others were tried
 */
export async function eraseOldOrders(deps: OldOrdersDeps, until: number): Promise<{ readonly erased: number }> {
  const keptMs = deps.keptDays * DAY_MS;
  const before = deps.now() - keptMs;
  const failures: unknown[] = [];
  const lost: LostTerms[] = [];
  let oldest: OldOrder | undefined;
  try {
    for await (const orders of deps.old.pages(isoOf(before))) {
      // The first page has the oldest of all.
      oldest ??= orders[0];
      for (let start = 0; start < orders.length && deps.now() < until; start += AT_ONCE) {
        await Promise.all(orders.slice(start, start + AT_ONCE).map((order) => eraseOld(deps, order, lost, failures)));
      }
      if (deps.now() >= until) break;
    }
    if (oldest === undefined) deps.monitor.overdue('age', 0);
    else deps.monitor.overdue('age', before - Date.parse(oldest.keptFrom), { orderId: oldest.orderId });
  } finally {
    await forgetLate(deps, lost, deps.pause);
  }
  if (failures.length > 0) throw failures.at(-1);
  return { erased: lost.length };
}

async function eraseOld(deps: OldOrdersDeps, order: OldOrder, lost: LostTerms[], failures: unknown[]): Promise<void> {
  try {
    const outcome = await eraseOrder(deps, order.orderId);
    if (outcome.kind === 'clean') return await deps.old.markErased(order);
    if (outcome.kind === 'erased') lost.push(outcome.lost);
    await deps.old.keepFrom(order, isoOf(deps.now() - deps.keptDays * DAY_MS + AGAIN_MS[outcome.kind]));
  } catch (error) {
    failures.push(error);
    deps.monitor.failed(order.orderId, error);
  }
}
