/** Takes the person out of everything that is stored of one order. */
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import { inKeyOrder } from '../../shared/kernel/key-order.ts';
import { type ErasureWait, whyNotErasable } from '../domain/erasable.ts';
import { fold } from '../domain/evolve.ts';
import { type OrderView, viewOf } from '../domain/order-view.ts';
import { type Term, termsOf } from '../domain/search/terms.ts';
import type { ErasableIndex, ErasableOrders, ToldCustomers } from './erasure-ports.ts';
import type { ProjectedOrders, RestoredOrders } from './ports.ts';

export interface EraseOrderDeps {
  readonly orders: ErasableOrders;
  readonly views: Pick<ProjectedOrders, 'current'> & RestoredOrders;
  readonly index: ErasableIndex;
  readonly inbox: Pick<ToldCustomers, 'forget'>;
}

/** What an order is no longer found by. */
export interface LostTerms {
  readonly order: OrderView;
  readonly terms: readonly Term[];
}

export type ErasedOrder =
  | { readonly kind: 'waits'; readonly why: ErasureWait }
  /**
   * Something was erased now: a projection that had read the order before may write it as it was. To be looked at again, and the terms are to be
   * forgotten once more when such a projection must have ended (`forgetLate`).
   */
  | { readonly kind: 'erased'; readonly lost: LostTerms }
  /** There is nothing of the person. */
  | { readonly kind: 'clean' };

/**
 * What the order is found by goes first, for nobody knows it any more once the events are erased; the events come last of what is stored
 * of the order itself, so that an interrupted run is repeated as a whole; the view follows the events.
 * @param customerId whose order it has to be; another's is left alone, as one that is not there
 */
export async function eraseOrder(
  { orders, views, index, inbox }: EraseOrderDeps,
  orderId: OrderId,
  customerId?: CustomerId,
): Promise<ErasedOrder> {
  const stored = await orders.read(orderId);
  const order = fold(stored.events);
  if (order.status === 'none' || order.customerId !== (customerId ?? order.customerId)) return { kind: 'clean' };
  const why = whyNotErasable(stored.events);
  if (why !== undefined) return { kind: 'waits', why };
  const erased = fold(stored.erased);
  if (erased.status === 'none') throw new Error(`Order ${orderId} has no stream once it is erased.`);
  const [shown, view] = [await views.current(orderId), viewOf(erased)];
  const lost = {
    order: view,
    terms: without([...termsOf(viewOf(order)), ...(shown ? termsOf(shown) : [])], termsOf(view)),
  };
  const isShown = shown !== undefined && isSame(shown, view);
  await index.forget(lost.order, lost.terms);
  // Also of an order that was erased before: a message may have come since.
  await Promise.all([stored.erase(), inbox.forget(order.customerId, stored.events)]);
  if (!isShown) await views.restore(view);
  return stored.isErased && isShown ? { kind: 'clean' } : { kind: 'erased', lost };
}

/** Longer than a projection works: one that had read an order with the person in it has entered its terms by then, or has ended. */
export const PROJECTIONS_END_MS = 12_000;

const AT_ONCE = 20;

/**
 * Forgets the terms of orders that were erased just now once more, after the last projection that can have entered them. It cannot wait for the next
 * look at the order: nobody knows the terms then.
 * @param pause resolves after so many milliseconds
 */
export async function forgetLate(
  { index }: Pick<EraseOrderDeps, 'index'>,
  lost: readonly LostTerms[],
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const late = lost.filter(({ terms }) => terms.length > 0);
  if (late.length === 0) return;
  await pause(PROJECTIONS_END_MS);
  for (let start = 0; start < late.length; start += AT_ONCE) {
    await Promise.all(late.slice(start, start + AT_ONCE).map(({ order, terms }) => index.forget(order, terms)));
  }
}

const without = (terms: readonly Term[], others: readonly Term[]): readonly Term[] =>
  terms.filter(({ kind, text }) => !others.some((other) => other.kind === kind && other.text === text));

const isSame = (one: OrderView, other: OrderView): boolean =>
  JSON.stringify(inKeyOrder(one)) === JSON.stringify(inKeyOrder(other));
