/**
 * How search terms are stored: a bucket holds the terms of one kind that begin alike, and its entries are sorted as results
 * are ranked: the exact term before longer ones, and of one term the newest order first.
 * See docs/decisions/0021-search-is-an-inverted-index.md.
 */

import { type IndexTerm, type ListTerm } from '../domain/lists.ts';
import { isWrittenWithoutSpaces } from '../domain/search/folding.ts';
import { isWhole, type Term, type TermKind } from '../domain/search/terms.ts';
import { ORDER_ID_PREFIX } from '../domain/search/words.ts';

interface Indexed {
  readonly orderId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
}

/** The shortest beginning of each kind that can be searched for; longer ones would spread the load more. */
function bucketLength(kind: TermKind, text: string): number {
  if (isWhole(kind)) return Number.POSITIVE_INFINITY;
  if (kind === 'order') return ORDER_ID_PREFIX;
  return kind === 'name' && isWrittenWithoutSpaces([...text][0]) ? 1 : 2;
}

/** @param text a term, or the beginning of one that is long enough to be searched for */
export const bucketOf = ({ kind, text }: Term): string =>
  `${kind}#${[...text].slice(0, bucketLength(kind, text)).join('')}`;

/** A list takes every order that comes on it, so that it lies in parts, by the last digit of the order's id, which is random. */
export const LIST_PARTS: readonly string[] = [...'0123456789abcdef'];
/** @param part one of `LIST_PARTS` */
export const listBucket = ({ kind, text }: ListTerm, part: string): string => `${kind}#${text}#${part}`;

export const isList = (term: IndexTerm): term is ListTerm => term.kind.startsWith('list:');
/** Where the entry of an order is. */
export const bucketFor = (term: IndexTerm, { orderId }: Pick<Indexed, 'orderId'>): string =>
  isList(term) ? listBucket(term, orderId.slice(-1)) : bucketOf(term);

/** Beside the entries, the table has what orders are recorded with, and counts. */
const RECORDED = 'listed#';
export const COUNTS = 'counts#';
export const recordedBucket = (orderId: string): string => `${RECORDED}${orderId}`;
export const isEntry = (bucket: string): boolean => !bucket.startsWith(RECORDED) && !bucket.startsWith(COUNTS);

export const kindOf = (bucket: string): IndexTerm['kind'] => bucket.slice(0, bucket.indexOf('#')) as IndexTerm['kind'];

/** A space sorts before all that a term can have in it, so a term comes before those that go on after it. */
export const entryOf = ({ text }: Pick<IndexTerm, 'text'>, { orderId, createdAt }: Indexed): string =>
  `${text} ${newestFirst(createdAt)} ${orderId}`;

/** @throws Error for what is no entry */
export function readEntry(entry: string): { readonly text: string; readonly orderId: string } {
  const [text, time, orderId] = entry.split(' ');
  if (!text || !time || !orderId) throw new Error('An entry of the search table is damaged.');
  return { text, orderId };
}

/** The time of an entry's order. */
export const timeOf = (entry: string): string => newestFirst(entry.split(' ')[1] ?? '');

/** Nine's complement of each digit, and back: later times sort first. */
export const newestFirst = (iso: string): string => iso.replace(/\d/g, (digit) => String(9 - Number(digit)));
