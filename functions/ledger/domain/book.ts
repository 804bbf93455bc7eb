import { assertNever } from '../../shared/kernel/assert-never.ts';
import { Balances, type Entry, type Posting, unbalanced } from './entry.ts';
import type { RecordedBookEvent } from './events.ts';

/** The book of an order, or of the stock of an article, folded from its stream. */
export interface Book {
  /** The version of its last event; 0 for a book that is empty. */
  readonly version: number;
  /** The version up to which the stream that it is of has entries. */
  readonly upTo: number;
  readonly entries: readonly Entry[];
  /** What was taken back. */
  readonly reversals: readonly Omit<Entry, 'type'>[];
  /** What people have posted besides. */
  readonly corrections: readonly Pick<Entry, 'postings'>[];
}

export const NO_BOOK: Book = { version: 0, upTo: 0, entries: [], reversals: [], corrections: [] };

export const foldBook = (events: readonly RecordedBookEvent[], book: Book = NO_BOOK): Book =>
  events.reduce(evolve, book);

function evolve(book: Book, event: RecordedBookEvent): Book {
  const { version } = event;
  switch (event.type) {
    case 'EntriesPosted': {
      const { upTo, entries } = event.data;
      return { ...book, version, upTo, entries: [...book.entries, ...entries] };
    }
    case 'EntryReversed': {
      const { of, postings } = event.data;
      return { ...book, version, reversals: [...book.reversals, { of, postings }] };
    }
    case 'CorrectionPosted':
      return { ...book, version, corrections: [...book.corrections, { postings: event.data.postings }] };
    default:
      return assertNever(event);
  }
}

export const postingsOf = ({ entries, reversals, corrections }: Book): readonly Posting[] =>
  [...entries, ...reversals, ...corrections].flatMap(({ postings }) => postings);

const isShown = ({ account }: Posting): boolean =>
  account === 'suspense' || account === 'fees' || account.startsWith('channel/');

/**
 * What people have posted between channels, suspense and fees alone: a statement shows it, and no event tells of it. In minor units: how much
 * `channel` it has put into the channels, and `suspense` into the suspense account.
 */
export function shownByStatements({ corrections }: Pick<Book, 'corrections'>) {
  const shown = corrections.flatMap(({ postings }) => (postings.every(isShown) ? postings : []));
  const sumOf = (name: string): number =>
    shown.reduce((sum, { account, amount }) => sum + (account.startsWith(name) ? amount : 0), 0);
  return { channel: sumOf('channel/'), suspense: sumOf('suspense') };
}

export const balancesOf = (book: Book): Balances => new Balances(postingsOf(book));

/** A sentence for each event whose postings do not sum to zero. */
export const wrongSumsOf = ({ entries, reversals, corrections }: Book): readonly string[] => [
  ...[...entries, ...reversals].flatMap(({ of, postings }) => wrongSums(`event ${of}`, postings)),
  ...corrections.flatMap(({ postings }, index) => wrongSums(`correction ${index + 1}`, postings)),
];

const wrongSums = (of: string, postings: readonly Posting[]): readonly string[] =>
  unbalanced(postings).map(({ unit, sum }) => `The postings of ${of} sum to ${sum} ${unit}, expected 0.`);
