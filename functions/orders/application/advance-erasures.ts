/** Goes on with the erasures that are under way: what was ordered, order by order, as soon as nothing of it is under way. */
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type EraseOrderDeps, eraseOrder } from './erase-order.ts';
import type { Erasure, ErasureMonitor, Erasures, OrderToErase, ToldCustomers } from './erasure-ports.ts';
import type { CustomerOrders } from './ports.ts';

export interface AdvanceErasuresDeps extends EraseOrderDeps {
  readonly erasures: Erasures;
  readonly customerOrders: CustomerOrders;
  readonly inbox: Pick<ToldCustomers, 'forget'>;
  readonly monitor: ErasureMonitor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The list of a customer's orders is seconds behind, and has what was ordered before the request by then. */
const LISTED_AFTER_MS = 15 * 60_000;
/** How soon an order is looked at again that something is under way of. */
const WAIT_MS = 60 * 60_000;
const SOON_MS = 60_000;
const PAGE = 100;

/**
 * An order that fails keeps no other from it, nor does an erasure.
 * @param until when it stops: milliseconds since the epoch
 * @returns how many erasures were looked at and how many of them are done
 * @throws the last failure, after all others were tried: the schedule's alarm is then for a person
 */
export async function advanceErasures(
  deps: AdvanceErasuresDeps,
  until: number,
): Promise<{ readonly looked: number; readonly done: number }> {
  const failures: unknown[] = [];
  let [looked, done] = [0, 0];
  for (const erasure of await deps.erasures.due(isoOf(deps.now()))) {
    if (deps.now() >= until) break;
    looked += 1;
    try {
      if (await advance(deps, erasure, until, failures)) done += 1;
    } catch (error) {
      // The next one is not to wait for this one, which comes first again in the next run.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures.at(-1);
  return { looked, done };
}

/** @returns whether it is done */
async function advance(
  deps: AdvanceErasuresDeps,
  erasure: Erasure,
  until: number,
  failures: unknown[],
): Promise<boolean> {
  const { erasures, now } = deps;
  const isListed = erasure.isListed || (await listOrders(deps, erasure));
  const erased: OrderId[] = [];
  let [next, isOpen] = [now() + WAIT_MS, false];
  const soon = () => {
    next = now() + SOON_MS;
    isOpen = true;
  };
  if (!isListed) soon();
  for (const order of await erasures.orders(erasure)) {
    if (order.state === 'confirmed') continue;
    if (now() >= until) {
      soon();
      break;
    }
    try {
      const after = await looked(deps, erasure, order);
      if (after.state === 'waiting') isOpen = true;
      else erased.push(after.orderId);
      if (after.state === 'erased') soon();
      if (after.state !== order.state || after.state === 'waiting') await erasures.note(erasure, after);
    } catch (error) {
      soon();
      failures.push(error);
      deps.monitor.failed(order.orderId, error);
    }
  }
  if (erased.length > 0) await deps.inbox.forget(erasure.customerId, erased);
  const at = isoOf(now());
  if (isOpen) await erasures.save({ ...erasure, isListed }, isoOf(next));
  else await erasures.save({ ...erasure, isListed, status: 'done', doneAt: at }, undefined);
  return !isOpen;
}

async function looked(deps: EraseOrderDeps, { customerId }: Erasure, { orderId }: OrderToErase): Promise<OrderToErase> {
  const outcome = await eraseOrder(deps, orderId, customerId);
  if (outcome.kind === 'waits') return { orderId, state: 'waiting', why: outcome.why };
  return { orderId, state: outcome.kind === 'clean' ? 'confirmed' : 'erased' };
}

/** Adds the customer's orders. @returns whether none can be missing */
async function listOrders(
  { erasures, customerOrders, now }: Pick<AdvanceErasuresDeps, 'erasures' | 'customerOrders' | 'now'>,
  erasure: Erasure,
): Promise<boolean> {
  const { customerId, requestedAt } = erasure;
  const begunAt = now();
  let after: Parameters<CustomerOrders['page']>[2];
  do {
    const page = await customerOrders.page({ customerId, to: requestedAt }, PAGE, after);
    await erasures.add(
      erasure,
      page.items.map(({ orderId }) => orderId as OrderId),
    );
    after = page.next;
  } while (after !== undefined);
  return begunAt >= Date.parse(requestedAt) + LISTED_AFTER_MS;
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
