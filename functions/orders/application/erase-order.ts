/** Takes the person out of everything that is stored of one order. */
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import { inKeyOrder } from '../../shared/kernel/key-order.ts';
import { type ErasureWait, whyNotErasable } from '../domain/erasable.ts';
import { fold } from '../domain/evolve.ts';
import { type OrderView, viewOf } from '../domain/order-view.ts';
import { type Term, termsOf } from '../domain/search/terms.ts';
import type { ErasableOrders } from './erasure-ports.ts';
import type { ProjectedOrders, RestoredOrders, SearchIndex } from './ports.ts';

export interface EraseOrderDeps {
  readonly orders: ErasableOrders;
  readonly views: Pick<ProjectedOrders, 'current'> & RestoredOrders;
  readonly index: Pick<SearchIndex, 'remove'>;
}

export type ErasedOrder =
  | { readonly kind: 'waits'; readonly why: ErasureWait }
  /** Something was erased now: a projection that had read the order before may write it as it was. To be looked at again. */
  | { readonly kind: 'erased' }
  /** There is nothing of the person. */
  | { readonly kind: 'clean' };

/**
 * What the order is found by goes first, for nobody knows it any more once the events are erased; the events come last of what is stored
 * of the order itself, so that an interrupted run is repeated as a whole; the view follows the events.
 * @param customerId whose order it has to be; another's is left alone, as one that is not there
 */
export async function eraseOrder(
  { orders, views, index }: EraseOrderDeps,
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
  const lost = without([...termsOf(viewOf(order)), ...(shown ? termsOf(shown) : [])], termsOf(view));
  const isShown = shown !== undefined && isSame(shown, view);
  if (lost.length > 0) await index.remove(view, lost);
  await stored.erase();
  if (!isShown) await views.restore(view);
  // What a projection has entered meanwhile.
  if (lost.length > 0) await index.remove(view, lost);
  return { kind: stored.isErased && isShown ? 'clean' : 'erased' };
}

const without = (terms: readonly Term[], others: readonly Term[]): readonly Term[] =>
  terms.filter(({ kind, text }) => !others.some((other) => other.kind === kind && other.text === text));

const isSame = (one: OrderView, other: OrderView): boolean =>
  JSON.stringify(inKeyOrder(one)) === JSON.stringify(inKeyOrder(other));
