import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { factId, type OrderId } from '../../shared/kernel/ids.ts';
import type { Book } from '../domain/book.ts';
import { bookOfOrder } from '../domain/book-id.ts';
import { missingEntries } from '../domain/entries.ts';
import type { PostingDeps } from './ports.ts';
import { postToBook } from './post-to-book.ts';

/**
 * Books what the order's stream has and its book has not. Safe to repeat, and side by side: a book has one entry of an event at most.
 * @throws UnbalancedEntry, ConcurrencyConflict
 */
export async function postOrder(deps: PostingDeps, orderId: OrderId): Promise<readonly RecordedOrderEvent[]> {
  const stream = await deps.log.read(orderId, 1, undefined, 'eventual');
  await postStream(deps, stream);
  return stream;
}

/**
 * The same for a stream that was read already. Resolves to the book as it is then.
 * @param stream all events of an order; perhaps not those of the last moment
 */
export async function postStream(deps: PostingDeps, stream: readonly RecordedOrderEvent[]): Promise<Book | undefined> {
  const last = stream.at(-1);
  if (last === undefined) return undefined;
  return postToBook(deps, bookOfOrder(last.orderId), {
    last,
    eventId: factId(last.orderId, `EntriesPosted:${last.version}`),
    missing: (book) => missingEntries(stream, book),
  });
}
