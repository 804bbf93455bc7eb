/** What the books record. Nothing of it is ever changed: a correction is a new entry. */
import type { Event, RecordedEvent, Upcasters } from '../../shared/kernel/events.ts';
import type { BookId } from './book-id.ts';
import type { Entry, Posting } from './entry.ts';

/** The entries of all events up to and with version `upTo` that had none before. */
export type EntriesPosted = Event<'EntriesPosted', { readonly upTo: number; readonly entries: readonly Entry[] }>;
/** A person took back an entry, or a part of it. */
export type EntryReversed = Event<
  'EntryReversed',
  {
    /** The entry's event. */
    readonly of: number;
    readonly postings: readonly Posting[];
    /** A word for the cause; no personal data. */
    readonly reason: string;
  }
>;

/** A person has posted an entry that follows from no event. */
export type CorrectionPosted = Event<
  'CorrectionPosted',
  {
    readonly postings: readonly Posting[];
    /** Why; no personal data. */
    readonly reason: string;
  }
>;

export type BookEvent = EntriesPosted | EntryReversed | CorrectionPosted;
export type RecordedBookEvent<E extends BookEvent = BookEvent> = RecordedEvent<E, 'bookId', BookId>;

export const BOOK_UPCASTERS: Upcasters<BookEvent> = { EntriesPosted: [], EntryReversed: [], CorrectionPosted: [] };
