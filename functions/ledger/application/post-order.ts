import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { NewEvent } from '../../shared/kernel/events.ts';
import { factId, type OrderId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { type Book, foldBook } from '../domain/book.ts';
import { bookOfOrder } from '../domain/book-id.ts';
import { dayPartOf } from '../domain/day-part.ts';
import { missingEntries } from '../domain/entries.ts';
import type { EntriesPosted } from '../domain/events.ts';
import type { PostingDeps } from './ports.ts';

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
export async function postStream(
  { books, now }: PostingDeps,
  stream: readonly RecordedOrderEvent[],
): Promise<Book | undefined> {
  const last = stream.at(-1);
  if (last === undefined) return undefined;
  const bookId = bookOfOrder(last.orderId);
  return untilWon(
    `The book of order ${last.orderId} kept changing while its entries were to be posted.`,
    async (race) => {
      const book = foldBook(await books.read(bookId, 1, undefined, race === 0 ? 'eventual' : 'strong'));
      const entries = missingEntries(stream, book);
      if (entries.length === 0) return book;
      const occurredAt = new Date(now()).toISOString();
      const posted: NewEvent<EntriesPosted> & { readonly dayPart: string } = {
        type: 'EntriesPosted',
        data: { upTo: last.version, entries },
        eventId: factId(last.orderId, `EntriesPosted:${last.version}`),
        occurredAt,
        correlationId: last.correlationId,
        causationId: last.eventId,
        actor: { type: 'system', id: 'PostEntries' },
        dayPart: dayPartOf(bookId, occurredAt),
      };
      const appended = await books.append(bookId, book.version, [posted]);
      if (!appended.ok) return LOST_RACE;
      return { ...book, version: appended.value, upTo: last.version, entries: [...book.entries, ...entries] };
    },
  );
}
