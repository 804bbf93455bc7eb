/** The search for orders: chooses the word that leads, and the entries of it that are shown. */
import { type OrderSummary, summaryOf } from '../domain/order-summary.ts';
import type { OrderView } from '../domain/order-view.ts';
import { type TermKind, termsOf } from '../domain/search/terms.ts';
import { askedWords, bestMatch, hasWord, lookupsOf, type Word } from '../domain/search/words.ts';
import type { IndexEntry, OrderViews, Page, SearchIndex } from './ports.ts';

export interface SearchDeps {
  readonly index: SearchIndex;
  readonly views: OrderViews;
}

export interface FoundOrder extends OrderSummary {
  /** The kind of term that found the order. */
  readonly match: TermKind;
}

/** The end of a page of a search: the leading word, what the index was asked for, and the entry. */
export interface PlaceInSearch {
  /** The index, among the words by which the index is asked, of the one that leads the search. */
  readonly word: number;
  /** The index among the lookups of that word. */
  readonly lookup: number;
  /** The entry's place in the index; absent at the beginning of the lookup. */
  readonly place?: string | undefined;
}

/** At most this many entries are checked in one read: as many views as DynamoDB reads in one batch. */
const LOOKED_AT_IN_ONE_READ = 100;
/**
 * At most this many entries tell which orders can have a word; for a more frequent word the views tell. Entries are
 * small: about 40 kB in all.
 */
const CANDIDATES_OF_A_LOOKUP = 400;
/**
 * At most this many reads make a page: a search that finds little answers with the results up to now, and the position
 * to continue at.
 */
const READS_PER_PAGE = 12;

/**
 * Orders that have all the words, ranked by the leading word: by the kind of its match, exact before longer, newest
 * first. An order is shown once, at its best match; entries that its view no longer confirms are left out.
 */
export async function findOrders(
  { index, views }: SearchDeps,
  words: readonly Word[],
  limit: number,
  after?: PlaceInSearch,
): Promise<Page<FoundOrder, PlaceInSearch>> {
  const asked = askedWords(words);
  const candidates = asked.length === 1 ? [] : await Promise.all(asked.map((one) => candidatesOf(index, one)));
  const leading = after?.word ?? mostSelective(candidates);
  const word = asked[leading]!;
  const items: FoundOrder[] = [];
  let last: PlaceInSearch | undefined;
  const lookups = lookupsOf(word);
  let place: PlaceInSearch | undefined = after ?? { word: leading, lookup: 0 };
  for (let read = 0; place && read < READS_PER_PAGE; read += 1) {
    const { lookup, place: behind }: PlaceInSearch = place;
    const wanted =
      words.length === 1 && word.parts.length <= 1
        ? Math.min(limit + 1 - items.length, LOOKED_AT_IN_ONE_READ)
        : LOOKED_AT_IN_ONE_READ;
    const { entries, more } = await index.find(lookups[lookup]!, wanted, behind);
    const found = await views.findMany(
      entries.map(({ orderId }) => orderId).filter((orderId) => mayHaveAll(candidates, orderId)),
    );
    for (const entry of entries) {
      const view = found.get(entry.orderId);
      if (!view || !isShown(view, entry, lookup, word, words)) continue;
      // One more than wanted tells whether there is another page.
      if (items.length === limit) return { items, next: last! };
      items.push({ ...summaryOf(view), match: entry.term.kind });
      last = { word: leading, lookup, place: entry.place };
    }
    if (more) place = { word: leading, lookup, place: entries.at(-1)?.place ?? behind };
    else place = lookup + 1 < lookups.length ? { word: leading, lookup: lookup + 1 } : undefined;
  }
  return place ? { items, next: place } : { items };
}

function isShown(
  view: OrderView,
  { term }: IndexEntry,
  lookup: number,
  leading: Word,
  words: readonly Word[],
): boolean {
  const terms = termsOf(view);
  const best = bestMatch(terms, leading);
  return best?.lookup === lookup && best.text === term.text && words.every((word) => hasWord(terms, word));
}

/** The orders that can have one of the words. */
interface Candidates {
  readonly orderIds: ReadonlySet<string>;
  /** Whether no other order can. */
  readonly complete: boolean;
}

/** As far as one read per lookup shows. */
async function candidatesOf(index: SearchIndex, word: Word): Promise<Candidates> {
  const found = await Promise.all(lookupsOf(word).map((lookup) => index.find(lookup, CANDIDATES_OF_A_LOOKUP)));
  return {
    orderIds: new Set(found.flatMap(({ entries }) => entries.map(({ orderId }) => orderId))),
    complete: found.every(({ more }) => !more),
  };
}

/** The index of the word that the fewest orders can have; of equals the first. */
function mostSelective(candidates: readonly Candidates[]): number {
  const counts = candidates.map(({ orderIds }) => orderIds.size);
  return Math.max(0, counts.indexOf(Math.min(...counts)));
}

/** The index shows which views need no reading: a view has no term that is not in the index. */
const mayHaveAll = (candidates: readonly Candidates[], orderId: string): boolean =>
  candidates.every(({ orderIds, complete }) => !complete || orderIds.has(orderId));
