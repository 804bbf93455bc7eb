/**
 * Rebuilds read models from the log, in place: reads go on and see each order as it was or as it is. A newer version
 * that the projection writes meanwhile wins, so the order of the two does not matter.
 */

import type { OrderStreams } from '../../published/order-log.ts';
import { type Batch, inBatches } from '../../shared/event-log/in-batches.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { fold } from '../domain/evolve.ts';
import { type IndexTerm, listsOf } from '../domain/lists.ts';
import { type OrderView, viewOf } from '../domain/order-view.ts';
import { termsOf } from '../domain/search/terms.ts';
import { type KeepListsDeps, keepLists } from './keep-lists.ts';
import type { AllIndexEntries, IndexEntry, OrderViews, RestoredOrders, SearchIndex } from './ports.ts';

export interface RebuildDeps {
  readonly streams: OrderStreams;
  readonly views: RestoredOrders & OrderViews;
  readonly index: Pick<SearchIndex, 'add' | 'remove'> & AllIndexEntries;
  readonly listed: KeepListsDeps['listed'];
}

/** Writes every view again, and lists and counts what is not listed. @param after continues after this order of an earlier, interrupted run */
export const rebuildViews = (
  { streams, views, ...lists }: RebuildDeps,
  after?: OrderId,
): AsyncIterable<Batch<OrderId>> =>
  eachOrder(streams, after, async (view) => {
    await views.restore(view);
    await keepLists(lists, [view]);
  });

/** Enters every order under all its terms and lists again. Entries that no order needs are left to `sweepIndex`. */
export const rebuildSearch = ({ streams, index }: RebuildDeps, after?: OrderId): AsyncIterable<Batch<OrderId>> =>
  eachOrder(streams, after, (view) => index.add(view, [...termsOf(view), ...listsOf(view)]));

/** Deletes the entries that no view confirms. Yields how many were checked and deleted, page by page. */
export async function* sweepIndex({
  index,
  views,
}: RebuildDeps): AsyncIterable<{ readonly entries: number; readonly removed: number }> {
  for await (const entries of index.readAll()) {
    const found = await views.findMany(entries.map(({ orderId }) => orderId));
    const stale = entries.flatMap((entry) => {
      const view = found.get(entry.orderId);
      return view && !has([...termsOf(view), ...listsOf(view)], entry) ? [{ view, entry }] : [];
    });
    // An entry of a version that is newer than the view stays: its view is on the way.
    for (const { view, entry } of stale) await index.remove(view, [entry.term]);
    yield { entries: entries.length, removed: stale.length };
  }
}

const eachOrder = (
  streams: OrderStreams,
  after: OrderId | undefined,
  write: (view: OrderView) => Promise<void>,
): AsyncIterable<Batch<OrderId>> =>
  inBatches(streams, after, async ({ events }) => {
    const order = fold(events);
    if (order.status !== 'none') await write(viewOf(order));
  });

const has = (terms: readonly IndexTerm[], { term }: IndexEntry<IndexTerm>): boolean =>
  terms.some(({ kind, text }) => kind === term.kind && text === term.text);
