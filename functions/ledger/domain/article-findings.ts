/** What the book of an article's stock and its counts say of each other. Pure. */
import type { RecordedStockEvent } from '../../published/stock-events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import { articleAt, DEFAULT_LOCATION, type LocationId } from '../../shared/kernel/location.ts';
import { type Book, wrongSumsOf } from './book.ts';
import { Balances } from './entry.ts';
import type { ArticleFinding, Rule } from './finding.ts';

/** The units of an article at one location. */
export interface UnitCounts {
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  readonly damaged: number;
  readonly received: number;
}

/** The counts of an article as they were in one moment. */
export interface Counts {
  readonly locations: ReadonlyMap<LocationId, UnitCounts>;
  /** Of the last event of the article's history that is in them. */
  readonly version: number;
}

export const NO_UNITS: UnitCounts = { available: 0, reserved: 0, sold: 0, damaged: 0, received: 0 };
export const NO_COUNTS: Counts = { locations: new Map(), version: 0 };

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

function violations(sku: Sku, version: number, book: Book, counts: Counts): readonly Violation[] {
  return [
    ...wrongSumsOf(book).map((detail): Violation => ['EntriesSumToZero', detail]),
    ...[...counts.locations].flatMap(([location, units]) => wrongSumOf(location, units)),
    ...disagreementsOf(sku, version, book, counts).map((detail): Violation => ['BooksShowTheStock', detail]),
  ];
}

/** What holds at each location holds for all of them together. */
function wrongSumOf(location: LocationId, units: UnitCounts): readonly Violation[] {
  const { available, reserved, sold, damaged, received } = units;
  const sum = available + reserved + sold + damaged;
  if (sum === received) return [];
  const detail = `There are ${available} available, ${reserved} reserved, ${sold} sold and ${damaged} damaged${at(location)}, together ${sum}; expected the ${received} that were received.`;
  return [['CountsSumToReceived', detail]];
}

const at = (location: LocationId): string => (location === DEFAULT_LOCATION ? '' : ` at ${location}`);

/** What the counts have otherwise than the books, which follow from the history. */
function disagreementsOf(sku: Sku, version: number, book: Book, counts: Counts): readonly string[] {
  if (counts.version !== version) {
    return [`The counts are those after event ${counts.version} of the history, expected ${version}.`];
  }
  const balances = new Balances(book.entries.flatMap(({ of, postings }) => (of > version ? [] : postings)));
  const booked = [...balances.unitsOf('received'), ...balances.unitsOf('damaged')].map(({ unit }) => locationIn(unit));
  return [...new Set([DEFAULT_LOCATION, ...counts.locations.keys(), ...booked])].flatMap((location) => {
    const unit = articleAt(sku, location);
    const counted = counts.locations.get(location) ?? NO_UNITS;
    const [received, damaged] = [-balances.of('received', unit), balances.of('damaged', unit)];
    return received === counted.received && damaged === counted.damaged
      ? []
      : [
          `The counts have ${counted.received} received and ${counted.damaged} damaged${at(location)}, expected ${received} and ${damaged} as in the books.`,
        ];
  });
}

const locationIn = (unit: string): LocationId => (unit.split('@')[1] ?? DEFAULT_LOCATION) as LocationId;
