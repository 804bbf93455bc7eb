/** Brings the read model of one order up to date: its view, and the terms that it is found by. */
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderView } from '../domain/order-view.ts';
import { type Term, termsOf } from '../domain/search/terms.ts';
import type { ProjectedOrders, SearchIndex } from './ports.ts';

export interface ProjectionDeps {
  readonly views: ProjectedOrders;
  readonly index: SearchIndex;
}

/** How often a projection begins again when others keep replacing the view. */
const MAX_RACES = 5;

export interface ProjectedOrder {
  readonly view: OrderView;
  /** Whether the order is expected to have no view yet: then none is read. @default false */
  readonly isNew?: boolean;
  /** The view of the order as its log shows it now. */
  readonly reload: () => Promise<OrderView>;
}

/**
 * Stores the view unless a newer one is there. Terms are written once: afterwards only those that the order gets or
 * loses. New terms come before the view and lost ones go after it, and the view is replaced only if no other projection
 * replaced it in between; so each term of a view is in the index, even after an interruption or a lost race. Where a
 * new order has a view after all, because its first event came again or another projection was faster, the view is not
 * replaced, and the next race reads it.
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
      // The entered terms may have overwritten entries of a newer version whose view is on its way. Terms that the log
      // does not show yet are entered later.
      view = await reload();
    }
    const terms = termsOf(view);
    // A projection that lost the race deletes the terms that it entered in vain: also those of its own view that the stored one has no more, because
    // the person was taken out of the order since this one has read it.
    if (current?.version === view.version) return index.remove(view, without(entered, termsOf(current)));
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
