/** Articles and transfers in memory for tests of their books. */
import { BOOK } from '../../../functions/ledger/adapters/book.ts';
import { type Audit, auditBooks } from '../../../functions/ledger/application/audit.ts';
import { type Counts, NO_UNITS, type UnitCounts } from '../../../functions/ledger/domain/article-findings.ts';
import { type BookId, bookOf } from '../../../functions/ledger/domain/book-id.ts';
import type { Finding } from '../../../functions/ledger/domain/finding.ts';
import type { StockEvent } from '../../../functions/published/stock-events.ts';
import { STOCK } from '../../../functions/published/stock-log.ts';
import type { TransferEvent, TransferId } from '../../../functions/published/transfer-events.ts';
import { TRANSFER } from '../../../functions/published/transfer-log.ts';
import { factId, parseOrderId, parseSku, type Sku } from '../../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION, type LocationId } from '../../../functions/shared/kernel/location.ts';
import { InMemoryBookTasks } from '../fakes/in-memory-book-tasks.ts';
import { InMemoryEventLog } from '../fakes/in-memory-event-log.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { newEvent, START } from '../orders/streams.ts';

export const ORDER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000001');
export const MUG = parseSku('MUG-BLUE');
export const TEE = parseSku('TEE');

export const received = (quantity: number): StockEvent => ({ type: 'StockReceived', data: { quantity } });
export const corrected = (quantity: number): StockEvent => ({
  type: 'StockCorrected',
  data: { quantity, reason: 'Counted.' },
});
export const damaged = (quantity: number): StockEvent => ({ type: 'StockDamaged', data: { quantity, reason: 'lost' } });
export const returned = (quantity: number, condition: 'sellable' | 'damaged'): StockEvent => ({
  type: 'StockReturned',
  data: { quantity, condition, orderId: ORDER_ID, returnId: 'return-1' },
});
export const opened: StockEvent = { type: 'StockOpened', data: { available: 7, reserved: 3, sold: 2 } };

export const recorded = (event: StockEvent, version: number) => ({
  ...newEvent({ type: 'OrderShipped', data: {} }, version, ORDER_ID),
  ...event,
});

export interface HasUnits extends Partial<UnitCounts> {
  readonly version?: number;
  /** By location. */
  readonly elsewhere?: Readonly<Record<string, Partial<UnitCounts>>>;
}

/** The histories and counts of articles, and what the check of the books makes of them. */
export class AuditedStock {
  readonly stockLog = new InMemoryEventLog(STOCK);
  readonly transferLog = new InMemoryEventLog(TRANSFER);
  readonly books = new InMemoryEventLog(BOOK);
  readonly counts = new Map<Sku, Counts>();
  readonly list = new Map<string, readonly Finding[]>();
  readonly alarms: string[] = [];
  readonly failures: string[] = [];
  readonly bookTasks = new InMemoryBookTasks();

  async record(sku: Sku, ...events: readonly StockEvent[]): Promise<void> {
    const { length } = await this.stockLog.read(sku);
    await this.stockLog.append(
      sku,
      length,
      events.map((event, index) => recorded(event, length + index)),
    );
  }

  async recordTransfer(id: TransferId, ...events: readonly TransferEvent[]): Promise<void> {
    const { length } = await this.transferLog.read(id);
    const arrived = newEvent({ type: 'OrderShipped', data: {} }, 0, ORDER_ID);
    await this.transferLog.append(
      id,
      length,
      events.map((event) => ({ ...arrived, eventId: factId(ORDER_ID, `${id}${event.type}`), ...event })),
    );
  }

  /** Its units are at the usual location, but for those that `elsewhere` names. */
  has(sku: Sku, { version = 0, elsewhere = {}, ...units }: HasUnits): void {
    const all = Object.entries({ [DEFAULT_LOCATION]: units, ...elsewhere });
    const locations = new Map(all.map(([location, some]) => [location as LocationId, { ...NO_UNITS, ...some }]));
    this.counts.set(sku, { locations, version });
  }

  async audit({ orders = new InMemoryOrderLog(), ...limits }: AuditOptions = {}): Promise<Audit> {
    const { stockLog, transferLog, books, counts, list, alarms, failures, bookTasks } = this;
    return auditBooks(
      {
        log: orders,
        streams: orders,
        stockLog,
        stockStreams: stockLog,
        transferStreams: transferLog,
        books,
        counts: { find: async (sku) => counts.get(sku) },
        bookTasks,
        breaks: {
          has: async (bookId) => (list.get(bookId) ?? []).length > 0,
          replace: async (bookId, findings) => void list.set(bookId, findings),
          page: async () => ({ items: [] }),
        },
        monitor: {
          broken: (finding) => void alarms.push(`${finding.rule} ${bookOf(finding)}`),
          failed: (bookId) => void failures.push(bookId),
        },
        settings: async () => ({ sweepAfterSeconds: 900, taskDueSeconds: 14_400 }),
        now: () => START + 3_600_000,
      },
      { books: 100, until: Number.POSITIVE_INFINITY, ...limits },
    );
  }
}

export interface AuditOptions {
  readonly orders?: InMemoryOrderLog;
  readonly after?: BookId;
  readonly books?: number;
}
