import type { Account } from '../domain/accounts.ts';
import { Balances, type Posting } from '../domain/entry.ts';
import { type AccountRow, rowsOf } from '../domain/rows.ts';
import { closeBefore } from './close-days.ts';
import { dayAfter, dayOf, daysBetween, FIRST_DAY } from './days.ts';
import type { ClosingDeps, EntryPlace, JournalPlaces } from './ports.ts';

type Deps = Pick<ClosingDeps, 'journal' | 'closes'>;

/** Which postings are wanted. @default all */
export interface AccountFilter {
  readonly account?: Account | undefined;
  readonly unit?: string | undefined;
}

/**
 * The balances of accounts by the entries that were posted up to a moment: those at the end of the last closed day before it, and what was posted since then.
 * Accounts at zero are left out.
 * @param at ISO 8601, UTC, milliseconds
 */
export async function balancesAt(
  deps: Deps,
  at: string,
  { account, unit }: AccountFilter = {},
): Promise<readonly Posting[]> {
  const last = await closeBefore(deps, dayOf(at));
  const balances = new Balances();
  const add = (posting: Posting): void => {
    if ((account ?? posting.account) === posting.account && (unit ?? posting.unit) === posting.unit) {
      balances.add(posting);
    }
  };
  for (const balance of last === undefined ? [] : await deps.closes.balancesAt(last, account)) add(balance);
  for (const day of daysBetween(last === undefined ? FIRST_DAY : dayAfter(last), dayOf(at))) {
    for await (const posting of deps.journal.postingsOf(day, at)) add(posting);
  }
  return balances.all().toSorted(byName);
}

/** In the order of their names, and of their units. */
export const byName = (one: Pick<Posting, 'account' | 'unit'>, other: Pick<Posting, 'account' | 'unit'>): number =>
  compare(one.account, other.account) || compare(one.unit, other.unit);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** How much of the journal one page reads at most, whatever it finds. */
const MOST_ITEMS = 2_000;

export interface EntriesQuery extends AccountFilter {
  readonly account: Account;
  /** Days of posting, both included. */
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  /** @default the beginning */
  readonly after?: EntryPlace | undefined;
}

export interface EntriesPage {
  readonly rows: readonly AccountRow[];
  /** Where the next page begins; undefined after the last one. A page may have fewer rows than asked for, or none. */
  readonly next?: EntryPlace;
}

/** What was posted to an account, in the order of the postings. */
export async function entriesOf(
  { journal }: Pick<Deps, 'journal'>,
  { limit, from, to, after, ...filter }: EntriesQuery,
): Promise<EntriesPage> {
  const rows: AccountRow[] = [];
  let items = 0;
  for (const day of daysBetween(after?.day ?? from, to)) {
    let places: JournalPlaces = after?.day === day ? after.places : {};
    for await (const item of journal.itemsOf(day, places)) {
      const { bookId, version } = item;
      const begun = after?.begun;
      const given = begun?.bookId === bookId && begun.version === version ? begun.rows : 0;
      const found = rowsOf(item, filter).slice(given);
      const taken = found.slice(0, limit - rows.length);
      rows.push(...taken);
      if (taken.length < found.length) {
        return { rows, next: { day, places, begun: { bookId, version, rows: given + taken.length } } };
      }
      places = { ...places, [item.part]: item.place };
      items += 1;
      if (items >= MOST_ITEMS) return { rows, next: { day, places } };
    }
  }
  return { rows };
}
