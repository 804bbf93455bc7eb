import { dayOf } from '../../../functions/ledger/application/days.ts';
import type {
  Closes,
  ClosingDeps,
  Journal,
  JournalItem,
  JournalPlaces,
} from '../../../functions/ledger/application/ports.ts';
import type { Posting } from '../../../functions/ledger/domain/entry.ts';

/** A journal and its closed days in memory. */
export class MemoryJournal implements ClosingDeps, Journal, Closes {
  readonly now: () => number;
  readonly journal = this;
  readonly closes = this;
  readonly items: JournalItem[] = [];
  readonly closed = new Map<string, readonly Posting[]>();

  constructor(now: () => number) {
    this.now = now;
  }

  async *postingsOf(day: string, until = '9999'): AsyncIterable<Posting> {
    for (const { occurredAt, data } of this.items) {
      if (dayOf(occurredAt) !== day || occurredAt > until) continue;
      yield* 'entries' in data ? data.entries.flatMap(({ postings }) => postings) : data.postings;
    }
  }

  async *itemsOf(day: string, places: JournalPlaces): AsyncIterable<JournalItem> {
    const after = places[0];
    const begin = this.items.findIndex(({ bookId, version }) => bookId === after?.bookId && version === after.version);
    yield* this.items.slice(begin + 1).filter(({ occurredAt }) => dayOf(occurredAt) === day);
  }

  async last(): Promise<string | undefined> {
    return [...this.closed.keys()].toSorted().at(-1);
  }

  async balancesAt(day: string, account?: string): Promise<readonly Posting[]> {
    return (this.closed.get(day) ?? []).filter((balance) => (account ?? balance.account) === balance.account);
  }

  async close(day: string, balances: readonly Posting[]): Promise<void> {
    this.closed.set(day, balances);
  }
}
