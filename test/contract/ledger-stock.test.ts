import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import type { StockMovement } from '../../functions/inventory/domain/stock-events.ts';
import { BOOK } from '../../functions/ledger/adapters/book.ts';
import { DynamoDbBreaks } from '../../functions/ledger/adapters/dynamodb-breaks.ts';
import { DynamoDbCounts } from '../../functions/ledger/adapters/dynamodb-counts.ts';
import { LEDGER_TABLES } from '../../functions/ledger/adapters/tables.ts';
import { checkArticle } from '../../functions/ledger/application/check-article.ts';
import { balancesOf } from '../../functions/ledger/domain/book.ts';
import { stockKey } from '../../functions/published/inventory-tables.ts';
import { STOCK } from '../../functions/published/stock-log.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { DynamoDbEventStreams } from '../../functions/shared/event-log/dynamodb-event-streams.ts';
import { type CorrelationId, parseSku } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryBookTasks } from '../support/fakes/in-memory-book-tasks.ts';
import { REFUSING } from '../support/orders/reserve-settings.ts';
import { type DynamoDbStockWorld, stockWorld } from '../support/orders/stock-world.ts';
import { newOrderId } from '../support/orders/stocked-orders.ts';

const LEDGER = ownTable('ledger');
const REPORTS = ownTable('ledger-reports');
const SKU = parseSku('MUG-BLUE');
let dynamoDb: TestDynamoDb;
let world: DynamoDbStockWorld;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(LEDGER, LEDGER_TABLES.ledger);
  await dynamoDb.createTable(REPORTS, LEDGER_TABLES.ledgerReports);
  world = await stockWorld(dynamoDb);
  db = DynamoDBDocumentClient.from(dynamoDb.client);
});
afterAll(() => dynamoDb?.close());

const move = (movement: StockMovement) => {
  const id = randomUUID();
  const origin = {
    id,
    correlationId: id as CorrelationId,
    causationId: id,
    actor: { type: 'operator', id: 'O1' },
  } as const;
  return moveStock({ stock: world.articles, now: world.now }, SKU, movement, origin);
};
const received = (quantity: number): StockMovement => ({ type: 'StockReceived', data: { quantity } });
const damaged = (quantity: number): StockMovement => ({ type: 'StockDamaged', data: { quantity, reason: 'lost' } });

/** Checks all articles, as a run of the audit does. */
async function check() {
  const breaks = new DynamoDbBreaks(db, REPORTS);
  const alarms: string[] = [];
  const deps = {
    stockLog: new DynamoDbEventLog(STOCK, db, world.tables.stockLog),
    counts: new DynamoDbCounts(db, world.tables.inventory),
    books: new DynamoDbEventLog(BOOK, db, LEDGER),
    breaks,
    bookTasks: new InMemoryBookTasks(),
    settings: async () => ({ sweepAfterSeconds: 900, taskDueSeconds: 14_400 }),
    monitor: { broken: ({ rule }: { rule: string }) => void alarms.push(rule), failed: () => {} },
    now: world.now,
  };
  const books = [];
  for await (const { events } of new DynamoDbEventStreams(STOCK, db, world.tables.stockLog).readAll()) {
    books.push((await checkArticle(deps, events)).book);
  }
  return { alarms, book: books[0], list: (await breaks.page(10)).items };
}

test('The books of an article agree with its counts at every moment, and what no event has changed is found', async () => {
  await move(received(20));
  const orders = Array.from({ length: 6 }, newOrderId);
  await Promise.all(orders.map((id) => world.order(id, { [SKU]: 1 })));
  const changes = [
    ...orders.map((orderId) => reserveStock(world, { orderId, attempt: 0, canWait: true }, REFUSING)),
    ...[received(2), damaged(1), damaged(2)].map(move),
  ];
  for (let checks = 0; checks < 5; checks += 1) expect((await check()).alarms).toEqual([]);
  await Promise.all(changes);
  const { alarms, book } = await check();
  expect(alarms).toEqual([]);
  expect(balancesOf(book!).all()).toEqual(
    expect.arrayContaining([
      { account: 'received', unit: SKU, amount: -22 },
      { account: 'available', unit: SKU, amount: 19 },
      { account: 'damaged', unit: SKU, amount: 3 },
    ]),
  );

  const lose = (units: number) =>
    db.send(
      new UpdateCommand({
        TableName: world.tables.inventory,
        Key: stockKey(SKU),
        UpdateExpression: 'ADD available :units',
        ExpressionAttributeValues: { ':units': -units },
      }),
    );
  await lose(4);
  const found = await check();
  expect(found.alarms).toEqual(['CountsSumToReceived']);
  expect(found.list).toMatchObject([
    {
      sku: SKU,
      rule: 'CountsSumToReceived',
      detail:
        'There are 9 available, 6 reserved, 0 sold and 3 damaged, together 18; expected the 22 that were received.',
    },
  ]);
  await lose(-4);
  expect(await check()).toMatchObject({ alarms: [], list: [] });
});
