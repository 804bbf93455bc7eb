/** Brings the read model of one order up to date: its view, and the terms that it is found by. */
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderView } from '../domain/order-view.ts';
import { type Term, termsOf } from '../domain/search/terms.ts';
import type { ProjectedOrders, SearchIndex } from './ports.ts';

export interface ProjectionDeps {
  readonly views: ProjectedOrders;
  readonly index: SearchIndex;
}

/** How often a projection that others keep overtaking begins anew. */
const MAX_RACES = 5;

export interface ProjectedOrder {
  readonly view: OrderView;
  /** Whether no view is expected to be there: then none is read. @default false */
  readonly isNew?: boolean;
  /** The view that the order's log tells of by now. */
  readonly reload: () => Promise<OrderView>;
}

/**
 * Stores the view unless a newer one is there. Terms are written once: afterwards only those that the order gets or loses.
 * New terms come before the view and lost ones go after it, and the view is replaced only if nobody else replaced it in
 * between; so each term of a view is in the index, whoever was interrupted or overtaken. Where a new order has a view after
 * all, because its first event came again or somebody was quicker, the view is not replaced, and the next race reads it.
 * See docs/decisions/0056-a-new-orders-projection-reads-no-view.md.
 * @throws ConcurrencyConflict when others kept replacing the view
 */
export async function projectOrder(
  { views, index }: ProjectionDeps,
  { view: first, isNew = false, reload }: ProjectedOrder,
): Promise<void> {
  let view = first;
  let entered: readonly Term[] = [];
  for (let race = 0; race < MAX_RACES; race += 1) {
    const current = isNew && race === 0 ? undefined : await views.current(view.orderId);
    if (current && current.version > view.version) {
      if (entered.length === 0) return;
      // What it entered may lie over entries of a newer version whose view is on its way. What the log does not tell of yet is entered later.
      view = await reload();
    }
    const terms = termsOf(view);
    // Who was overtaken takes away what it entered in vain.
    if (current?.version === view.version) return index.remove(view, without(entered, terms));
    const had = current ? termsOf(current) : [];
    const gained = without(terms, had);
    await index.add(view, gained);
    entered = [...entered, ...gained];
    if (await views.replace(view, current?.version)) return index.remove(view, without([...had, ...entered], terms));
  }
  throw new ConcurrencyConflict(`The view of order ${view.orderId} kept changing while it was projected.`);
}

const without = (terms: readonly Term[], others: readonly Term[]): Term[] => {
  const known = new Set(others.map(nameOf));
  return terms.filter((term) => !known.has(nameOf(term)));
};

const nameOf = ({ kind, text }: Term): string => `${kind} ${text}`;
