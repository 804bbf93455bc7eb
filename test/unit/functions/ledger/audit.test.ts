import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { BOOK } from '../../../../functions/ledger/adapters/book.ts';
import { auditBooks } from '../../../../functions/ledger/application/audit.ts';
import type { AuditDeps } from '../../../../functions/ledger/application/ports.ts';
import { makeHandler } from '../../../../functions/ledger/audit-books.ts';
import { type BookId, bookOf, bookOfOrder } from '../../../../functions/ledger/domain/book-id.ts';
import type { Finding } from '../../../../functions/ledger/domain/finding.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { STOCK } from '../../../../functions/published/stock-log.ts';
import { TRANSFER } from '../../../../functions/published/transfer-log.ts';
import { type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { InMemoryBookTasks } from '../../../support/fakes/in-memory-book-tasks.ts';
import { InMemoryEventLog } from '../../../support/fakes/in-memory-event-log.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { MemoryJournal } from '../../../support/fakes/memory-journal.ts';
import { created, EVENTS, HAPPY_PATH, newEvent, START, streamOf } from '../../../support/orders/streams.ts';

const idOf = (number: number): OrderId => parseOrderId(`0190f3a0-0000-7000-8000-00000000000${number}`);
const HOUR_MS = 3_600_000;
const LOST_VOID: readonly OrderEvent[] = [created(), EVENTS.authorised, EVENTS.cancelled];
const everything = { books: 100, until: Number.POSITIVE_INFINITY };

let log: InMemoryOrderLog;
let deps: AuditDeps;
let list: Map<BookId, readonly Finding[]>;
let alarms: string[];
let failures: BookId[];

const given = async (...orders: readonly (readonly OrderEvent[])[]) => {
  log = await InMemoryOrderLog.of(...orders.map((events, index) => streamOf(events, idOf(index + 1))));
  const stockLog = new InMemoryEventLog(STOCK);
  deps = {
    log,
    streams: log,
    stockStreams: stockLog,
    transferStreams: new InMemoryEventLog(TRANSFER),
    stockLog,
    counts: { find: async () => undefined },
    books: new InMemoryEventLog(BOOK),
    bookTasks: new InMemoryBookTasks(),
    breaks: {
      has: async (bookId) => (list.get(bookId) ?? []).length > 0,
      replace: async (bookId, findings) => void list.set(bookId, findings),
      page: async () => ({ items: [...list.values()].flat() }),
    },
    monitor: {
      broken: (finding) => void alarms.push(`${finding.rule} ${bookOf(finding)}`),
      failed: (bookId) => void failures.push(bookId),
    },
    settings: async () => ({ sweepAfterSeconds: 900, taskDueSeconds: 14_400 }),
    now: () => START + HOUR_MS,
  };
};
const typesOf = async (number: number) => (await log.read(idOf(number))).map(({ type }) => type);

beforeEach(() => {
  list = new Map();
  alarms = [];
  failures = [];
});

describe('The check of the books', () => {
  test('books what no event has told of, finds nothing wrong in it, and sums it up', async () => {
    await given(HAPPY_PATH, [created()]);
    expect(await auditBooks(deps, everything)).toEqual({
      checked: 2,
      articles: 0,
      transfers: 0,
      findings: [],
      failed: [],
      balances: expect.arrayContaining([{ account: 'channel/card', unit: 'CNY', amount: 4_500 }]),
    });
  });

  test('raises the alarm and opens a task for an order at rest with an open authorisation, once', async () => {
    await given(LOST_VOID);
    const { findings } = await auditBooks(deps, everything);
    expect(findings.map(({ rule, underWay }) => [rule, underWay])).toEqual([['NoOpenAuthorisation', false]]);
    await auditBooks(deps, everything);
    expect(alarms).toEqual([`NoOpenAuthorisation ${idOf(1)}`]);
    expect((await log.read(idOf(1))).at(-1)).toMatchObject({
      type: 'TaskOpened',
      data: { kind: 'books', error: 'NoOpenAuthorisation', dueAt: new Date(START + 5 * HOUR_MS).toISOString() },
    });
    expect(list.get(bookOfOrder(idOf(1)))).toHaveLength(1);
  });

  test('resolves the task when the rules hold again', async () => {
    await given(LOST_VOID);
    await auditBooks(deps, everything);
    await log.append(idOf(1), 4, [newEvent(EVENTS.voided, 10, idOf(1))]);
    expect((await auditBooks(deps, everything)).findings).toEqual([]);
    expect(await typesOf(1)).toEqual([
      ...LOST_VOID.map(({ type }) => type),
      'TaskOpened',
      'PaymentVoided',
      'TaskResolved',
    ]);
    expect(list.get(bookOfOrder(idOf(1)))).toEqual([]);
    await auditBooks(deps, everything);
    expect(await typesOf(1)).toHaveLength(6);
  });

  test('lists what is under way without an alarm, and leaves young orders alone', async () => {
    await given([created(), EVENTS.authorised]);
    expect((await auditBooks(deps, everything)).findings).toMatchObject([
      { rule: 'NoOpenAuthorisation', underWay: true },
    ]);
    expect(alarms).toEqual([]);
    const young = { ...deps, now: () => START + 60_000 };
    expect((await auditBooks(young, everything)).findings).toEqual([]);
  });

  test('goes on where the last part stopped, on schedule too', async () => {
    await given(LOST_VOID, HAPPY_PATH, LOST_VOID);
    const first = await auditBooks(deps, { books: 2, until: Number.POSITIVE_INFINITY });
    expect([first.checked, first.next]).toEqual([2, idOf(2)]);
    let cursor: BookId | undefined = bookOfOrder(idOf(2));
    const handle = makeHandler(() => ({
      ...deps,
      closing: new MemoryJournal(deps.now),
      cursor: { find: async () => cursor, save: async (after) => void (cursor = after) },
    }));
    await handle({ time: '' });
    expect(cursor).toBeUndefined();
    expect(alarms).toEqual([`NoOpenAuthorisation ${idOf(1)}`, `NoOpenAuthorisation ${idOf(3)}`]);
  });

  test('is not kept from the others by an order that cannot be checked', async () => {
    await given(LOST_VOID, LOST_VOID);
    const { breaks } = deps;
    deps = {
      ...deps,
      breaks: {
        ...breaks,
        replace: (bookId, findings) =>
          bookId === bookOfOrder(idOf(1)) ? Promise.reject(new Error('throttled')) : breaks.replace(bookId, findings),
      },
    };
    const { failed, findings } = await auditBooks(deps, everything);
    expect([failed, findings.map(bookOf), failures]).toEqual([[idOf(1)], [idOf(2)], [idOf(1)]]);
  });
});
