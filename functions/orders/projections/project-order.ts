/** Brings the read model of one order up to date: its view, and the terms that it is found by. */
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderView } from '../domain/order-view.ts';
import { termsOf, type Term } from '../domain/search/terms.ts';
import type { ProjectedOrders, SearchIndex } from '../ports.ts';

export interface ProjectionDeps {
  readonly views: ProjectedOrders;
  readonly index: SearchIndex;
}

/** How often a projection that others keep overtaking begins anew. */
const MAX_RACES = 5;

/**
 * Stores the view unless a newer one is there. Terms are written once: afterwards only those that the order gets or loses.
 * New terms come before the view and lost ones go after it, and the view is replaced only if nobody else replaced it in
 * between; so each term of a view is in the index, whoever was interrupted or overtaken.
 * @throws ConcurrencyConflict when others kept replacing the view
 */
export async function projectOrder({ views, index }: ProjectionDeps, view: OrderView): Promise<void> {
  const terms = termsOf(view);
  let entered: readonly Term[] = [];
  for (let race = 0; race < MAX_RACES; race += 1) {
    const current = await views.current(view.orderId);
    const had = current ? termsOf(current) : [];
    // Who was overtaken takes away what it entered in vain.
    if (current && current.version > view.version) return index.remove(view, without(entered, had));
    if (current?.version === view.version) return;
    const gained = without(terms, had);
    await index.add(view, gained);
    entered = [...entered, ...gained];
    if (await views.replace(view, current?.version)) return index.remove(view, without(had, terms));
  }
  throw new ConcurrencyConflict(`The view of order ${view.orderId} kept changing while it was projected.`);
}

const without = (terms: readonly Term[], others: readonly Term[]): Term[] => {
  const known = new Set(others.map(nameOf));
  return terms.filter((term) => !known.has(nameOf(term)));
};

const nameOf = ({ kind, text }: Term): string => `${kind} ${text}`;
