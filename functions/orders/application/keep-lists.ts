/** Keeps the lists of orders, and counts how many are on each. */
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import { type Listed, type ListTerm, listsOf, nameOfList, type Relisting } from '../domain/lists.ts';
import type { OrderView } from '../domain/order-view.ts';
import type { ListedOrders, SearchIndex } from './ports.ts';

export interface KeepListsDeps {
  readonly listed: ListedOrders;
  readonly index: Pick<SearchIndex, 'add' | 'remove'>;
}

/** How often orders are looked at again that others have listed in the meantime. */
const MAX_RACES = 5;

/**
 * Has each order on the lists of its view, and counted there once, however often and in which order views come: an order is recorded with its lists and its
 * version in the transaction that changes the counts. It enters new lists before, and leaves old ones afterwards; so it is on each list that counts it,
 * and on some that do not after an interruption, where the view denies it.
 * @throws ConcurrencyConflict when others kept listing the same orders
 */
export async function keepLists(deps: KeepListsDeps, views: readonly OrderView[]): Promise<void> {
  let left = views;
  for (let race = 0; race < MAX_RACES && left.length > 0; race += 1) {
    const recorded = await deps.listed.find(
      left.map(({ orderId }) => orderId),
      race === 0 ? 'eventual' : 'strong',
    );
    const news = left.flatMap((view): Relisting[] => {
      const from = recorded.get(view.orderId);
      const to = listsOf(view);
      return isDone(from, view, to) ? [] : [{ view, from, to }];
    });
    if (news.length === 0) return;
    await Promise.all(news.map(({ view, from, to }) => deps.index.add(view, without(to, from?.lists ?? []))));
    const lost = new Set(await deps.listed.record(news));
    await Promise.all(
      news
        .filter(({ view }) => !lost.has(view.orderId))
        .map(({ view, from, to }) => deps.index.remove(view, without(from?.lists ?? [], to))),
    );
    left = left.filter(({ orderId }) => lost.has(orderId));
  }
  if (left.length > 0) {
    throw new ConcurrencyConflict(`The lists of ${left.length} orders kept changing while they were written.`);
  }
}

/** An order of the same version is listed anew where a release has other lists than the one that has listed it. */
const isDone = (from: Listed | undefined, { version }: OrderView, to: readonly ListTerm[]): boolean =>
  from !== undefined && (from.version > version || (from.version === version && areSame(from.lists, to)));

const areSame = (lists: readonly ListTerm[], others: readonly ListTerm[]): boolean =>
  lists.length === others.length && without(lists, others).length === 0;

const without = (lists: readonly ListTerm[], others: readonly ListTerm[]): readonly ListTerm[] => {
  const known = new Set(others.map(nameOfList));
  return lists.filter((each) => !known.has(nameOfList(each)));
};
