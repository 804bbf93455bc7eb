/** An account as a list of what was posted to it. Pure. */
import type { Account } from './accounts.ts';
import { type BookId, type Owner, ownerOf } from './book-id.ts';
import type { RecordedBookEvent } from './events.ts';

/** One posting of an account, with what it follows from. */
export type AccountRow = Owner & {
  /** Of the entry in its book: the version of the event that it follows from; undefined for a correction, which follows from none. */
  readonly of?: number;
  /** The type of that event, or of what a person has done to the book. */
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly postedAt: string;
  readonly unit: string;
  readonly amount: number;
  /** Why a person has posted it. */
  readonly reason?: string;
};

type Posted = Pick<RecordedBookEvent, 'occurredAt' | 'type' | 'data'> & { readonly bookId: BookId };

/** What a recorded event of a book has posted to an account, in the order of its entries. */
export function rowsOf(
  event: Posted,
  { account, unit }: { readonly account: Account; readonly unit?: string | undefined },
): readonly AccountRow[] {
  return entriesIn(event).flatMap(({ postings, ...entry }) =>
    postings
      .filter((posting) => posting.account === account && (unit ?? posting.unit) === posting.unit)
      .map((posting) => ({
        ...ownerOf(event.bookId),
        ...entry,
        postedAt: event.occurredAt,
        unit: posting.unit,
        amount: posting.amount,
      })),
  );
}

function entriesIn({ type, data }: Posted) {
  if ('entries' in data) return data.entries;
  const { postings, reason } = data;
  return [{ type, postings, reason, ...('of' in data ? { of: data.of } : {}) }];
}
