import type { Actor, NewEvent } from '../../shared/kernel/events.ts';
import type { CorrelationId, EventId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { accept, type Result } from '../../shared/kernel/result.ts';
import { type Book, foldBook } from '../domain/book.ts';
import type { BookId } from '../domain/book-id.ts';
import { type CorrectionRefusal, correct } from '../domain/correct.ts';
import { dayPartOf } from '../domain/day-part.ts';
import type { Posting } from '../domain/entry.ts';
import type { CorrectionPosted, EntryReversed } from '../domain/events.ts';
import { type ReversalRefusal, reverse } from '../domain/reverse.ts';
import type { PostingDeps } from './ports.ts';

/** Who posts something to a book by hand, and why. */
export interface ByHand {
  readonly bookId: BookId;
  readonly reason: string;
  readonly actor: Actor;
  /** What comes again under it is not posted again. */
  readonly eventId: EventId;
  readonly correlationId: CorrelationId;
}

export interface Reversal extends ByHand {
  /** The version of the event whose entry is taken back. */
  readonly of: number;
  /** @default all that is left of the entry */
  readonly postings?: readonly Posting[];
}

export interface Correction extends ByHand {
  readonly postings: readonly Posting[];
}

type Deps = Pick<PostingDeps, 'books' | 'now'>;

/**
 * Takes back an entry, or a part of it, by a new one. However many do so at once, together they take back no more than the entry.
 * @throws ConcurrencyConflict after five lost races
 */
export const reverseEntry = (
  deps: Deps,
  { of, postings, ...byHand }: Reversal,
): Promise<Result<EntryReversed, ReversalRefusal>> =>
  post(deps, byHand, 'EntryReversed', (book) => reverse(book, of, byHand.reason, postings));

/** Posts an entry that follows from no event. @throws ConcurrencyConflict after five lost races */
export const postCorrection = (
  deps: Deps,
  { postings, ...byHand }: Correction,
): Promise<Result<CorrectionPosted, CorrectionRefusal>> =>
  post(deps, byHand, 'CorrectionPosted', () => correct(postings, byHand.reason));

function post<E extends EntryReversed | CorrectionPosted, Refusal>(
  { books, now }: Deps,
  { bookId, reason: _, ...who }: ByHand,
  type: E['type'],
  decide: (book: Book) => Result<E, Refusal>,
): Promise<Result<E, Refusal>> {
  return untilWon(`The book ${bookId} kept changing while a person was to post to it.`, async () => {
    const events = await books.read(bookId);
    const known = events.find(({ eventId }) => eventId === who.eventId);
    if (known?.type === type) return accept({ type: known.type, data: known.data } as E);
    const book = foldBook(events);
    const decision = decide(book);
    if (!decision.ok) return decision;
    const occurredAt = new Date(now()).toISOString();
    const decided: EntryReversed | CorrectionPosted = decision.value;
    const event: NewEvent<EntryReversed | CorrectionPosted> & { readonly dayPart: string } = {
      ...decided,
      ...who,
      causationId: who.correlationId,
      occurredAt,
      dayPart: dayPartOf(bookId, occurredAt),
    };
    return (await books.append(bookId, book.version, [event])).ok ? decision : LOST_RACE;
  });
}
