import type { Event, NewEvent, RecordedEvent } from '../../shared/kernel/events.ts';
import type { EventId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { type Book, foldBook } from '../domain/book.ts';
import type { BookId } from '../domain/book-id.ts';
import { dayPartOf } from '../domain/day-part.ts';
import type { Entry } from '../domain/entry.ts';
import type { EntriesPosted } from '../domain/events.ts';
import type { PostingDeps } from './ports.ts';

export interface Posted {
  /** The last event that is booked. */
  readonly last: Pick<RecordedEvent<Event, string, string>, 'version' | 'eventId' | 'correlationId'>;
  /** Of the event that says what was posted. */
  readonly eventId: EventId;
  /** The entries that the book lacks. */
  readonly missing: (book: Book) => readonly Entry[];
}

/**
 * Adds to a book the entries that it lacks, in one item; to nothing when it lacks none. Resolves to the book as it is then.
 * @throws ConcurrencyConflict after five lost races
 */
export function postToBook(
  { books, now }: Pick<PostingDeps, 'books' | 'now'>,
  bookId: BookId,
  { last, eventId, missing }: Posted,
): Promise<Book> {
  return untilWon(`The book ${bookId} kept changing while its entries were to be posted.`, async (race) => {
    const book = foldBook(await books.read(bookId, 1, undefined, race === 0 ? 'eventual' : 'strong'));
    const entries = missing(book);
    if (entries.length === 0) return book;
    const occurredAt = new Date(now()).toISOString();
    const posted: NewEvent<EntriesPosted> & { readonly dayPart: string } = {
      type: 'EntriesPosted',
      data: { upTo: last.version, entries },
      eventId,
      occurredAt,
      correlationId: last.correlationId,
      causationId: last.eventId,
      actor: { type: 'system', id: 'PostEntries' },
      dayPart: dayPartOf(bookId, occurredAt),
    };
    const appended = await books.append(bookId, book.version, [posted]);
    if (!appended.ok) return LOST_RACE;
    return { ...book, version: appended.value, upTo: last.version, entries: [...book.entries, ...entries] };
  });
}
