import type { OrderLog, OrderStreams } from '../../published/order-log.ts';
import type { EventLog } from '../../shared/event-log/port.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Book } from '../domain/book.ts';
import type { BookId } from '../domain/book-id.ts';
import type { Posting } from '../domain/entry.ts';
import type { BookEvent } from '../domain/events.ts';
import type { Finding } from '../domain/findings.ts';

export type Books = EventLog<BookEvent, 'bookId', BookId>;

export interface PostingDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly books: Pick<Books, 'read' | 'append'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** All entries in the order of the days on which they were posted. */
export interface Journal {
  /** The postings of a day (UTC, `2026-01-02`), in no order. */
  postingsOf(day: string): AsyncIterable<Posting>;
}

/** The rules that orders break, oldest first: a list that operators read. */
export interface Breaks {
  /** Those of one order take the place of what the list has of it. */
  replace(orderId: OrderId, findings: readonly Finding[]): Promise<void>;
  /** At most `limit`, after the place `after` of an earlier page. */
  page(limit: number, after?: string): Promise<{ readonly items: readonly Finding[]; readonly next?: string }>;
}

/** How far the check of all orders is. */
export interface AuditCursor {
  /** The order after which it goes on; undefined at its beginning. */
  find(): Promise<OrderId | undefined>;
  save(after: OrderId | undefined): Promise<void>;
}

/** What operators can see of broken books. */
export interface AuditMonitor {
  broken(finding: Finding, book: Book): void;
  /** An order could not be checked. */
  failed(orderId: OrderId, error: unknown): void;
}

export interface AuditSettings {
  /** An order whose last event is younger may be on its way. */
  readonly sweepAfterSeconds: number;
  readonly taskDueSeconds: number;
}

export interface CheckDeps extends PostingDeps {
  readonly log: OrderLog;
  readonly breaks: Breaks;
  readonly monitor: AuditMonitor;
  readonly settings: () => Promise<AuditSettings>;
}

export interface AuditDeps extends CheckDeps {
  readonly streams: OrderStreams;
}
