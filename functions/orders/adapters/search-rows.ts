/**
 * How search terms are stored: a bucket holds the terms of one kind that begin alike, and its entries are sorted as results
 * are ranked: the exact term before longer ones, and of one term the newest order first.
 * See docs/decisions/0021-search-is-an-inverted-index.md.
 */
import { isWrittenWithoutSpaces } from '../domain/search/folding.ts';
import type { Term, TermKind } from '../domain/search/terms.ts';
import { ORDER_ID_PREFIX } from '../domain/search/words.ts';

interface Indexed {
  readonly orderId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
}

/** The shortest beginning of each kind that can be searched for; longer ones would spread the load more. */
function bucketLength(kind: TermKind, text: string): number {
  if (kind === 'order') return ORDER_ID_PREFIX;
  return kind === 'name' && isWrittenWithoutSpaces([...text][0]) ? 1 : 2;
}

/** @param text a term, or the beginning of one that is long enough to be searched for */
export const bucketOf = ({ kind, text }: Term): string =>
  `${kind}#${[...text].slice(0, bucketLength(kind, text)).join('')}`;

export const kindOf = (bucket: string): TermKind => bucket.slice(0, bucket.indexOf('#')) as TermKind;

/** A space sorts before all that a term can have in it, so a term comes before those that go on after it. */
export const entryOf = ({ text }: Term, { orderId, createdAt }: Indexed): string =>
  `${text} ${newestFirst(createdAt)} ${orderId}`;

/** @throws Error for what is no entry */
export function readEntry(entry: string): { readonly text: string; readonly orderId: string } {
  const [text, time, orderId] = entry.split(' ');
  if (!text || !time || !orderId) throw new Error('An entry of the search table is damaged.');
  return { text, orderId };
}

/** Nine's complement of each digit: later times sort first. */
const newestFirst = (iso: string): string => iso.replace(/\d/g, (digit) => String(9 - Number(digit)));
