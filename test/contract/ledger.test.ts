import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOOK } from '../../functions/ledger/adapters/book.ts';
import { DynamoDbBreaks } from '../../functions/ledger/adapters/dynamodb-breaks.ts';
import { DynamoDbCloses } from '../../functions/ledger/adapters/dynamodb-closes.ts';
import { DynamoDbJournal } from '../../functions/ledger/adapters/dynamodb-journal.ts';
import { LEDGER_TABLES } from '../../functions/ledger/adapters/tables.ts';
import { reverseEntry } from '../../functions/ledger/application/correct-book.ts';
import type { Books, EntryPlace } from '../../functions/ledger/application/ports.ts';
import { postOrder, postStream } from '../../functions/ledger/application/post-order.ts';
import { entriesOf } from '../../functions/ledger/application/read-accounts.ts';
import { balancesOf, foldBook } from '../../functions/ledger/domain/book.ts';
import { bookOfOrder } from '../../functions/ledger/domain/book-id.ts';
import { Balances, type Posting } from '../../functions/ledger/domain/entry.ts';
import type { Finding } from '../../functions/ledger/domain/finding.ts';
import { turnoverOf } from '../../functions/ledger/domain/turnover.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { type CorrelationId, type EventId, type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryEventLog } from '../support/fakes/in-memory-event-log.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';
import { EVENTS, HAPPY_PATH, START, streamOf } from '../support/orders/streams.ts';

const TABLE = ownTable('ledger');
const REPORTS = ownTable('ledger-reports');
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(TABLE, LEDGER_TABLES.ledger);
  await dynamoDb.createTable(REPORTS, LEDGER_TABLES.ledgerReports);
});
afterAll(() => dynamoDb?.close());

test('The list of breaks has what the last check of each order found, the oldest first, in pages', async () => {
  const orders = [randomUUID(), randomUUID()].map(parseOrderId);
  const broken = (orderId: OrderId, rule: Finding['rule'], since: string): Finding => ({
    orderId,
    rule,
    since,
    detail: 'clearing has 1 CNY, expected 0.',
    underWay: false,
  });
  const [younger, older] = [
    broken(orders[0]!, 'ClearingIsZero', '2026-01-02T00:00:00.000Z'),
    broken(orders[1]!, 'NoHeldGoods', '2026-01-01T00:00:00.000Z'),
  ];
  const breaks = () => new DynamoDbBreaks(DynamoDBDocumentClient.from(dynamoDb.client), REPORTS);
  const first = breaks();
  await first.replace(bookOfOrder(orders[0]!), [younger]);
  await first.replace(bookOfOrder(orders[1]!), [older]);
  const page = await breaks().page(1);
  expect(page.items).toEqual([older]);
  expect((await breaks().page(5, page.next)).items).toEqual([younger]);

  const second = breaks();
  const changed = { ...older, since: '2026-01-03T00:00:00.000Z' };
  await second.replace(bookOfOrder(orders[0]!), []);
  await second.replace(bookOfOrder(orders[1]!), [changed]);
  await second.replace(bookOfOrder(orders[1]!), [changed]);
  expect((await breaks().page(5)).items).toEqual([changed]);
});

test('The journal has what each day moved, and a posting has its day by the time at which it was posted', async () => {
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  const books = new DynamoDbEventLog(BOOK, db, TABLE);
  const day = '1999-03-0';
  for (const [index, events] of [HAPPY_PATH, HAPPY_PATH, LIFE].entries()) {
    const orderId = parseOrderId(randomUUID());
    const posted = Date.parse(`${day}${index < 2 ? 1 : 2}T12:00:00.000Z`);
    await postStream({ log: new InMemoryOrderLog(), books, now: () => posted }, streamOf(events, orderId));
  }
  const turnover = (date: string) => turnoverOf(new DynamoDbJournal(db, TABLE).postingsOf(date));
  expect(await turnover(`${day}1`)).toEqual([
    { account: 'authorisations', unit: 'CNY', debits: 9_000, credits: 9_000 },
    { account: 'authorised/card', unit: 'CNY', debits: 9_000, credits: 9_000 },
    { account: 'available', unit: 'MUG-BLUE', debits: 0, credits: 2 },
    { account: 'channel/card', unit: 'CNY', debits: 9_000, credits: 0 },
    { account: 'clearing', unit: 'CNY', debits: 9_000, credits: 9_000 },
    { account: 'prepaid', unit: 'CNY', debits: 0, credits: 9_000 },
    { account: 'reserved', unit: 'MUG-BLUE', debits: 2, credits: 0 },
  ]);
  expect(await turnover(`${day}2`)).toContainEqual({ account: 'revenue', unit: 'CNY', debits: 0, credits: 4_500 });
});

test('An account has what was posted to it once, in the order of the postings, over all parts of a day, in pages', async () => {
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  const books = new DynamoDbEventLog(BOOK, db, TABLE);
  const day = '2026-12-24';
  const orders = Array.from({ length: 9 }, () => parseOrderId(randomUUID()));
  for (const [index, orderId] of orders.entries()) {
    const posted = Date.parse(`${day}T00:00:0${index}.000Z`);
    await postStream({ log: new InMemoryOrderLog(), books, now: () => posted }, streamOf(HAPPY_PATH, orderId));
  }
  const journal = new DynamoDbJournal(db, TABLE);
  const query = { account: 'channel/card', unit: 'CNY', from: day, to: day, limit: 2 } as const;
  const seen: unknown[] = [];
  let after: EntryPlace | undefined;
  do {
    const page = await entriesOf({ journal }, { ...query, after });
    seen.push(...page.rows.map((row) => 'orderId' in row && row.orderId));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(orders);
  const until = new Balances();
  for await (const posting of journal.postingsOf(day, `${day}T00:00:03.000Z`)) until.add(posting);
  expect(until.of('channel/card', 'CNY')).toBe(4 * 4_500);
});

test('Closed days keep the balances of thousands of articles, by account, and the last of them', async () => {
  const closes = new DynamoDbCloses(DynamoDBDocumentClient.from(dynamoDb.client), REPORTS);
  expect(await closes.last()).toBeUndefined();
  const units = Array.from(
    { length: 2_345 },
    (_, index) => ({ account: 'available', unit: `SKU-${index}`, amount: index + 1 }) as const,
  );
  const money = [
    { account: 'channel/card', unit: 'CNY', amount: 5 },
    { account: 'clearing', unit: 'CNY', amount: -5 },
  ] as const;
  await closes.close('2026-12-01', [...units, ...money]);
  await closes.close('2026-12-02', money);
  await closes.close('2026-12-01', [...units, ...money]);
  expect(await closes.last()).toBe('2026-12-02');
  expect(await closes.balancesAt('2026-12-01', 'channel/card')).toEqual([money[0]]);
  const found = await closes.balancesAt('2026-12-01');
  expect(found).toHaveLength(units.length + money.length);
  expect(found).toEqual(expect.arrayContaining([...units.slice(-3), ...money]));
  expect(await closes.balancesAt('2026-11-30')).toEqual([]);
});

const now = () => START;
const LIFE: readonly OrderEvent[] = [...HAPPY_PATH, { type: 'OrderShipped', data: {} }, EVENTS.sold];
const PARALLEL = 4;
/** As many as there are clients that may be at work at the same time. */
const clients = <Done>(one: (client: number) => Promise<Done>): Promise<Done[]> =>
  Promise.all(Array.from({ length: PARALLEL }, (_, client) => one(client)));

describe.each<[string, () => Books]>([
  ['in memory', () => new InMemoryEventLog(BOOK)],
  ['DynamoDB', () => new DynamoDbEventLog(BOOK, DynamoDBDocumentClient.from(dynamoDb.client), TABLE)],
])('The books, %s', (_, makeBooks) => {
  test('have one entry of each event, however many clients post parts of a stream in any order', async () => {
    const books = makeBooks();
    const orderId = parseOrderId(randomUUID());
    const stream = streamOf(LIFE, orderId);
    const log = await InMemoryOrderLog.of(stream);
    await clients((client) => postStream({ log, books, now }, stream.slice(0, stream.length - client)));
    await clients(() => postOrder({ log, books, now }, orderId));
    const book = foldBook(await books.read(bookOfOrder(orderId)));
    expect(book.entries.map(({ type }) => type)).toEqual([
      'InventoryReserved',
      'PaymentAuthorised',
      'PaymentCaptured',
      'OrderConfirmed',
      'OrderShipped',
      'ReservationConfirmed',
    ]);
    expect(balancesOf(book).of('revenue', 'CNY')).toBe(-4_500);
  });

  test('take back no more of an entry than it moved, however many clients take parts of it back at once', async () => {
    const books = makeBooks();
    const orderId = parseOrderId(randomUUID());
    const log = await InMemoryOrderLog.of(streamOf(LIFE, orderId));
    await postOrder({ log, books, now }, orderId);
    const part: readonly Posting[] = [
      { account: 'revenue', unit: 'CNY', amount: 2_000 },
      { account: 'prepaid', unit: 'CNY', amount: -2_000 },
    ];
    const answers = await clients(() =>
      reverseEntry(
        { books, now },
        {
          bookId: bookOfOrder(orderId),
          of: 7,
          reason: 'wrong',
          postings: part,
          actor: { type: 'operator', id: 'ops-1' },
          eventId: randomUUID() as EventId,
          correlationId: 'corr-1' as CorrelationId,
        },
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(answers.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: PARALLEL - 2 }, () => ({
        ok: false,
        refusal: { kind: 'more-than-left', account: 'revenue', left: -500 },
      })),
    );
    expect(balancesOf(foldBook(await books.read(bookOfOrder(orderId)))).of('revenue', 'CNY')).toBe(-500);
  });
});
