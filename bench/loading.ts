/** Loading a long order and a short one on the engine: the time must hardly grow with the number of events. */

import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ORDER_SNAPSHOTS } from '../functions/orders/adapters/snapshots.ts';
import { keepSnapshot, type LoadDeps, loadOrder, SLACK } from '../functions/orders/application/load-order.ts';
import type { ExistingOrder } from '../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../functions/published/order-events.ts';
import { ORDER } from '../functions/published/order-log.ts';
import { ORDER_LOG_TABLES } from '../functions/published/order-log-tables.ts';
import { DynamoDbEventLog, eventPut } from '../functions/shared/event-log/dynamodb-event-log.ts';
import { DynamoDbSnapshots } from '../functions/shared/event-log/dynamodb-snapshots.ts';
import { type OrderId, parseOrderId } from '../functions/shared/kernel/ids.ts';
import { engineHere } from '../local/dynamodb/engines.ts';
import { EngineProcess } from '../local/dynamodb/process.ts';
import { created, EVENTS, streamOf } from '../test/support/orders/streams.ts';
import { BUDGET, percentile, type Report } from './report.ts';
import { takeTurns } from './take-turns.ts';

const SHORT = { orderId: parseOrderId('0190f3a0-0000-7000-8000-000000000010'), events: 10 };
const LONG = { orderId: parseOrderId('0190f3a0-0000-7000-8000-000000010000'), events: 10_000 };
const SNAPSHOT_EVERY = 20;
const WARM_UP = 500;
const MEASURED = 1_000;
/** BatchWriteItem takes at most this many items. */
const BATCH = 25;

export async function benchLoading(report: Report): Promise<void> {
  report.section(`Loading an order (median of ${MEASURED}, taking turns)`);
  const engine = await EngineProcess.start(engineHere());
  const client = new DynamoDBClient({
    endpoint: engine.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const db = DynamoDBDocumentClient.from(client);
  const deps = {
    log: new DynamoDbEventLog(ORDER, db, 'orderLog'),
    snapshots: new DynamoDbSnapshots<ExistingOrder, OrderId>(ORDER_SNAPSHOTS, db, 'orderSnapshots', SNAPSHOT_EVERY),
  };
  try {
    await createTables(client);
    for (const { orderId, events } of [SHORT, LONG]) await write(db, deps, orderId, events);
    // A caller that loads an order usually knows a version of it, from the view or from an If-Match header.
    const [short, long, unseen] = await takeTurns(
      [() => timed(deps, SHORT), () => timed(deps, LONG), () => timed(deps, LONG, 0)],
      { warmUp: WARM_UP, measured: MEASURED },
    );
    const median = (times: readonly number[]) => percentile(times, 0.5);
    report.line(`${SHORT.events} events`, `${median(short).toFixed(2)} ms`);
    report.line(
      `${LONG.events} events`,
      `${median(long).toFixed(2)} ms`,
      `snapshot ${SNAPSHOT_EVERY + SLACK - 1} events old`,
    );
    report.line(`${LONG.events} events, without a known version`, `${median(unseen).toFixed(2)} ms`);
    report.judge('ratio', median(long) / median(short), { atMost: BUDGET.loadingRatio });
  } finally {
    client.destroy();
    await engine.close();
  }
}

/** Writes a stream with a snapshot that is as old as a snapshot can be. */
async function write(db: DynamoDBDocumentClient, deps: LoadDeps, orderId: OrderId, count: number): Promise<void> {
  const stream = streamOf([created(), ...Array.from({ length: count - 1 }, () => EVENTS.arranged)], orderId);
  const projected = Math.max(1, count - (SNAPSHOT_EVERY + SLACK - 1));
  await writeEvents(db, stream.slice(0, projected));
  await keepSnapshot(deps, await loadOrder(deps, orderId));
  await writeEvents(db, stream.slice(projected));
}

async function writeEvents(db: DynamoDBDocumentClient, events: readonly RecordedOrderEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = events.slice(start, start + BATCH);
    await db.send(
      new BatchWriteCommand({
        RequestItems: {
          orderLog: batch.map((event) => ({ PutRequest: { Item: eventPut(ORDER, 'orderLog', event).Item } })),
        },
      }),
    );
  }
}

/** Resolves to the milliseconds of loading. */
async function timed(
  deps: LoadDeps,
  { orderId, events }: { readonly orderId: OrderId; readonly events: number },
  knownVersion = events,
): Promise<number> {
  const started = performance.now();
  const { version } = await loadOrder(deps, orderId, { knownVersion });
  const took = performance.now() - started;
  if (version !== events) throw new Error(`The order of ${events} events was loaded at version ${version}.`);
  return took;
}

async function createTables(client: DynamoDBClient): Promise<void> {
  const { partitionKey, sortKey } = ORDER_LOG_TABLES.orderLog;
  await client.send(
    new CreateTableCommand({
      TableName: 'orderLog',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: partitionKey, AttributeType: 'S' },
        { AttributeName: sortKey, AttributeType: 'N' },
      ],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: 'orderSnapshots',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: ORDER_LOG_TABLES.orderSnapshots.partitionKey, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: ORDER_LOG_TABLES.orderSnapshots.partitionKey, AttributeType: 'S' }],
    }),
  );
}
