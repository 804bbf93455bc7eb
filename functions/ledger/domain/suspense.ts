/** Money that a person has moved outside of the platform, until a statement shows it. Pure. */
import { type Book, balancesOf } from './book.ts';
import type { Entry } from './entry.ts';
import type { Finding } from './finding.ts';

/** Every channel has a statement within so long: 14 days. */
export const STATEMENT_MS = 14 * 86_400_000;

interface InSuspense {
  /** What was found and what was expected. */
  readonly detail: string;
  /** The last entry that moved some of it; undefined when a correction alone did. */
  readonly entry: Entry | undefined;
}

/** What the book has in suspense, in each currency. */
export const inSuspense = (book: Book): readonly InSuspense[] =>
  balancesOf(book)
    .unitsOf('suspense')
    .map(({ amount, unit }) => ({
      detail: `suspense has ${amount} ${unit}, expected 0: a person books it at its channel, or as a fee, once a statement shows it.`,
      entry: book.entries.findLast(({ postings }) => postings.some(({ account }) => account === 'suspense')),
    }));

/** What is in suspense for longer than any statement takes does not come right by itself. @param shownSince STATEMENT_MS ago: ISO 8601, UTC */
export const withAge = <Found extends Finding>(findings: readonly Found[], shownSince: string): readonly Found[] =>
  findings.map((finding) =>
    finding.rule === 'NothingInSuspense' && finding.since < shownSince ? { ...finding, underWay: false } : finding,
  );
