import type { Actor, NewEvent } from '../../shared/kernel/events.ts';
import type { CorrelationId, EventId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { accept, type Result } from '../../shared/kernel/result.ts';
import { foldBook } from '../domain/book.ts';
import type { BookId } from '../domain/book-id.ts';
import { dayPartOf } from '../domain/day-part.ts';
import type { Posting } from '../domain/entry.ts';
import type { EntryReversed } from '../domain/events.ts';
import { type ReversalRefusal, reverse } from '../domain/reverse.ts';
import type { PostingDeps } from './ports.ts';

export interface Reversal {
  readonly bookId: BookId;
  /** The version of the event whose entry is taken back. */
  readonly of: number;
  readonly reason: string;
  /** @default all that is left of the entry */
  readonly postings?: readonly Posting[];
  readonly actor: Actor;
  /** What comes again under it is not taken back again. */
  readonly eventId: EventId;
  readonly correlationId: CorrelationId;
}

/**
 * Takes back an entry, or a part of it, by a new one. However many do so at once, together they take back no more than the entry.
 * @throws ConcurrencyConflict after five lost races
 */
export async function reverseEntry(
  { books, now }: Pick<PostingDeps, 'books' | 'now'>,
  { bookId, of, reason, postings, ...who }: Reversal,
): Promise<Result<EntryReversed, ReversalRefusal>> {
  return untilWon(`The book ${bookId} kept changing while an entry was to be taken back.`, async () => {
    const events = await books.read(bookId);
    const known = events.find(({ eventId }) => eventId === who.eventId);
    if (known?.type === 'EntryReversed') return accept({ type: known.type, data: known.data });
    const book = foldBook(events);
    const decision = reverse(book, of, reason, postings);
    if (!decision.ok) return decision;
    const occurredAt = new Date(now()).toISOString();
    const event: NewEvent<EntryReversed> & { readonly dayPart: string } = {
      ...decision.value,
      ...who,
      causationId: who.correlationId,
      occurredAt,
      dayPart: dayPartOf(bookId, occurredAt),
    };
    return (await books.append(bookId, book.version, [event])).ok ? decision : LOST_RACE;
  });
}
