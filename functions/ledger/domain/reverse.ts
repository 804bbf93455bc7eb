import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { Book } from './book.ts';
import { Balances, type Posting, unbalanced } from './entry.ts';
import type { EntryReversed } from './events.ts';

export type ReversalRefusal =
  | { readonly kind: 'unknown-entry'; readonly of: number }
  /** The postings do not sum to zero, or are none. */
  | { readonly kind: 'not-balanced' }
  /** All of it was taken back before. */
  | { readonly kind: 'nothing-left'; readonly of: number }
  /** More would be taken back than is left of the entry in one of its accounts. */
  | { readonly kind: 'more-than-left'; readonly account: string; readonly left: number };

/**
 * Takes back an entry, or a part of it.
 * @param postings what to post; each is against a posting of the entry, and at most what is left of it. @default all that is left
 */
export function reverse(
  book: Book,
  of: number,
  reason: string,
  postings?: readonly Posting[],
): Result<EntryReversed, ReversalRefusal> {
  const entry = book.entries.find((one) => one.of === of);
  if (!entry) return refuse({ kind: 'unknown-entry', of });
  const before = book.reversals.filter((one) => one.of === of).flatMap((one) => one.postings);
  const left = new Balances([...entry.postings, ...before]);
  if (left.all().length === 0) return refuse({ kind: 'nothing-left', of });
  const wanted = postings ?? left.all().map((posting) => ({ ...posting, amount: -posting.amount }));
  if (wanted.length === 0 || unbalanced(wanted).length > 0) return refuse({ kind: 'not-balanced' });
  for (const { account, unit, amount } of new Balances(wanted).all()) {
    const rest = left.of(account, unit);
    const isWithin = Math.sign(amount) === -Math.sign(rest) && Math.abs(amount) <= Math.abs(rest);
    if (!isWithin) return refuse({ kind: 'more-than-left', account, left: rest });
  }
  return accept({ type: 'EntryReversed', data: { of, postings: wanted, reason } });
}
