import type { OrderLog, OrderStreams } from '../../published/order-log.ts';
import type { StockLog, StockStreams } from '../../published/stock-log.ts';
import type { TransferStreams } from '../../published/transfer-log.ts';
import type { EventLog } from '../../shared/event-log/port.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { BookTasks } from '../../shared/tasks/ports.ts';
import type { Account } from '../domain/accounts.ts';
import type { Counts } from '../domain/article-findings.ts';
import type { Book } from '../domain/book.ts';
import type { BookId } from '../domain/book-id.ts';
import type { Posting } from '../domain/entry.ts';
import type { BookEvent } from '../domain/events.ts';
import type { Finding } from '../domain/finding.ts';

export type Books = EventLog<BookEvent, 'bookId', BookId>;

export interface PostingDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly books: Pick<Books, 'read' | 'append'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** One event of a book, at its place in the journal. */
export interface JournalItem {
  readonly bookId: BookId;
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  readonly type: BookEvent['type'];
  readonly data: BookEvent['data'];
  /** The part of the day that it is in, and its place in it. */
  readonly part: number;
  readonly place: JournalPlace;
}

/** The place of an item in its part of a day. */
export interface JournalPlace {
  readonly bookId: string;
  readonly version: number;
  readonly occurredAt: string;
}
/** The last item that was read of each part of a day. @default none */
export type JournalPlaces = Readonly<Record<string, JournalPlace>>;

/** Where a page of an account's entries begins. */
export interface EntryPlace {
  readonly day: string;
  readonly places: JournalPlaces;
  /** The next item, when the page before has some of its rows. */
  readonly begun?: { readonly bookId: string; readonly version: number; readonly rows: number } | undefined;
}

/** All entries in the order of the days on which they were posted. A posting shows moments later. */
export interface Journal {
  /**
   * The postings of a day (UTC, `2026-01-02`), in no order.
   * @param until only those up to this moment: ISO 8601, UTC, milliseconds. @default all
   */
  postingsOf(day: string, until?: string): AsyncIterable<Posting>;
  /** What was posted on a day, in the order of the postings, after these places. */
  itemsOf(day: string, places: JournalPlaces): AsyncIterable<JournalItem>;
}

/** The balances at the end of each day that is closed, from the first day on. */
export interface Closes {
  /** The last day that is closed. */
  last(): Promise<string | undefined>;
  /** Of a closed day; of one account only when it is named. Those at zero are left out. */
  balancesAt(day: string, account?: Account): Promise<readonly Posting[]>;
  /** Keeps the balances, and then that the day is closed. The same again changes nothing. */
  close(day: string, balances: readonly Posting[]): Promise<void>;
}

export interface ClosingDeps {
  readonly journal: Journal;
  readonly closes: Closes;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The rules that orders and articles break, oldest first: a list that operators read. */
export interface Breaks {
  /** Whether the list has anything of this book. */
  has(bookId: BookId): Promise<boolean>;
  /** Those of one order or article take the place of what the list has of it. */
  replace(bookId: BookId, findings: readonly Finding[]): Promise<void>;
  /** At most `limit`, after the place `after` of an earlier page. */
  page(limit: number, after?: string): Promise<{ readonly items: readonly Finding[]; readonly next?: string }>;
}

/** What there is of each article. */
export interface ArticleCounts {
  /** The counts as they are now; undefined when there are none. */
  find(sku: Sku): Promise<Counts | undefined>;
}

/** How far the check of all books is. */
export interface AuditCursor {
  /** The book after which it goes on; undefined at its beginning. */
  find(): Promise<BookId | undefined>;
  save(after: BookId | undefined): Promise<void>;
}

/** What operators can see of broken books. */
export interface AuditMonitor {
  broken(finding: Finding, book: Book): void;
  /** The book of an order or an article could not be checked. */
  failed(bookId: BookId, error: unknown): void;
}

export interface AuditSettings {
  /** An order whose last event is younger may be on its way. */
  readonly sweepAfterSeconds: number;
  readonly taskDueSeconds: number;
}

/** What the check of one book has found. */
export interface Checked {
  readonly book: Book;
  /** What is broken, also what is still under way. */
  readonly findings: readonly Finding[];
}

interface CheckDeps extends Pick<PostingDeps, 'books' | 'now'> {
  readonly breaks: Breaks;
  readonly monitor: AuditMonitor;
}

export interface OrderCheckDeps extends CheckDeps {
  readonly log: OrderLog;
  readonly settings: () => Promise<AuditSettings>;
}

/** What the check of a book that belongs to no order gives people to do. */
export interface BookTaskDeps extends Pick<CheckDeps, 'breaks' | 'now'> {
  readonly bookTasks: BookTasks;
  readonly settings: () => Promise<AuditSettings>;
}

export interface ArticleCheckDeps extends CheckDeps, BookTaskDeps {
  readonly stockLog: Pick<StockLog, 'read'>;
  readonly counts: ArticleCounts;
}

export interface TransferCheckDeps extends CheckDeps, BookTaskDeps {
  readonly log: Pick<OrderLog, 'read'>;
}

export interface AuditDeps extends OrderCheckDeps, ArticleCheckDeps {
  readonly streams: OrderStreams;
  readonly stockStreams: StockStreams;
  readonly transferStreams: TransferStreams;
}
