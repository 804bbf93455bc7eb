/** What the book of an article's stock and its counts say of each other. Pure. */
import type { RecordedStockEvent } from '../../published/stock-events.ts';
import { type Book, wrongSumsOf } from './book.ts';
import { Balances } from './entry.ts';
import type { ArticleFinding, Rule } from './finding.ts';

/** The counts of an article as they were in one moment. */
export interface Counts {
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  readonly damaged: number;
  readonly received: number;
  /** Of the last event of the article's history that is in them. */
  readonly version: number;
}

export const NO_COUNTS: Counts = { available: 0, reserved: 0, sold: 0, damaged: 0, received: 0, version: 0 };

/**
 * What an article does not keep of the rules. Its counts and its history change in one transaction, so that both agree after each event,
 * and orders that are under way only move units between counts.
 * @param stream all events of the article up to those that are in the counts, at least one
 * @param book with the entries of these events, perhaps of later ones, too
 */
export function articleFindings(
  stream: readonly RecordedStockEvent[],
  book: Book,
  counts: Counts,
): readonly ArticleFinding[] {
  const { sku, occurredAt: since, version } = stream.at(-1)!;
  return violations(sku, version, book, counts).map(([rule, detail]) => ({
    sku,
    rule,
    detail,
    since,
    underWay: false,
  }));
}

type Violation = readonly [Rule, string];

function violations(sku: string, version: number, book: Book, counts: Counts): readonly Violation[] {
  const { available, reserved, sold, damaged, received } = counts;
  const sum = available + reserved + sold + damaged;
  const disagreement = disagreementOf(sku, version, book, counts);
  return [
    ...wrongSumsOf(book).map((detail): Violation => ['EntriesSumToZero', detail]),
    ...(sum === received
      ? []
      : [
          [
            'CountsSumToReceived',
            `There are ${available} available, ${reserved} reserved, ${sold} sold and ${damaged} damaged, together ${sum}; expected the ${received} that were received.`,
          ] as const,
        ]),
    ...(disagreement === undefined ? [] : [['BooksShowTheStock', disagreement] as const]),
  ];
}

/** What the counts have otherwise than the books, which follow from the history. */
function disagreementOf(sku: string, version: number, book: Book, counts: Counts): string | undefined {
  if (counts.version !== version) {
    return `The counts are those after event ${counts.version} of the history, expected ${version}.`;
  }
  const balances = new Balances(book.entries.flatMap(({ of, postings }) => (of > version ? [] : postings)));
  const [received, damaged] = [-balances.of('received', sku), balances.of('damaged', sku)];
  return received === counts.received && damaged === counts.damaged
    ? undefined
    : `The counts have ${counts.received} received and ${counts.damaged} damaged, expected ${received} and ${damaged} as in the books.`;
}
