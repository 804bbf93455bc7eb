/**
 * Rebuilds read models from the log, in place: reads go on and see each order as it was or as it is. A newer version
 * that the projection writes meanwhile wins, so the order of the two does not matter.
 */

import type { OrderStream, OrderStreams } from '../../published/order-log.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { fold } from '../domain/evolve.ts';
import { type OrderView, viewOf } from '../domain/order-view.ts';
import { type Term, termsOf } from '../domain/search/terms.ts';
import type { AllIndexEntries, IndexEntry, OrderViews, RestoredOrders, SearchIndex } from './ports.ts';

export interface RebuildDeps {
  readonly streams: OrderStreams;
  readonly views: RestoredOrders & OrderViews;
  readonly index: Pick<SearchIndex, 'add' | 'remove'> & AllIndexEntries;
}

/** The progress of one batch. */
export interface RebuiltBatch {
  readonly orders: number;
  readonly events: number;
  /** The position to continue at: the last order of the batch. */
  readonly after: OrderId;
}

/** The number of orders that are written at the same time. */
const BATCH = 64;

/** Writes every view again. @param after continues after this order of an earlier, interrupted run */
export const rebuildViews = ({ streams, views }: RebuildDeps, after?: OrderId): AsyncIterable<RebuiltBatch> =>
  eachOrder(streams, after, (view) => views.restore(view));

/** Enters every order under all its terms again. Entries that no order needs are left to `sweepIndex`. */
export const rebuildSearch = ({ streams, index }: RebuildDeps, after?: OrderId): AsyncIterable<RebuiltBatch> =>
  eachOrder(streams, after, (view) => index.add(view, termsOf(view)));

/** Deletes the entries that no view confirms. Yields how many were checked and deleted, page by page. */
export async function* sweepIndex({
  index,
  views,
}: RebuildDeps): AsyncIterable<{ readonly entries: number; readonly removed: number }> {
  for await (const entries of index.readAll()) {
    const found = await views.findMany(entries.map(({ orderId }) => orderId));
    const stale = entries.flatMap((entry) => {
      const view = found.get(entry.orderId);
      return view && !has(termsOf(view), entry) ? [{ view, entry }] : [];
    });
    // An entry of a version that is newer than the view stays: its view is on the way.
    for (const { view, entry } of stale) await index.remove(view, [entry.term]);
    yield { entries: entries.length, removed: stale.length };
  }
}

async function* eachOrder(
  streams: OrderStreams,
  after: OrderId | undefined,
  write: (view: OrderView) => Promise<void>,
): AsyncIterable<RebuiltBatch> {
  let batch: OrderStream[] = [];
  for await (const stream of streams.readAll(after === undefined ? {} : { after })) {
    batch.push(stream);
    if (batch.length < BATCH) continue;
    yield await writeAll(batch, write);
    batch = [];
  }
  if (batch.length > 0) yield await writeAll(batch, write);
}

async function writeAll(
  batch: readonly OrderStream[],
  write: (view: OrderView) => Promise<void>,
): Promise<RebuiltBatch> {
  await Promise.all(
    batch.map(async ({ events }) => {
      const order = fold(events);
      if (order.status !== 'none') await write(viewOf(order));
    }),
  );
  const events = batch.reduce((sum, stream) => sum + stream.events.length, 0);
  return { orders: batch.length, events, after: batch.at(-1)!.id };
}

const has = (terms: readonly Term[], { term }: IndexEntry): boolean =>
  terms.some(({ kind, text }) => kind === term.kind && text === term.text);
