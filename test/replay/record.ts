/**
 * Records histories for the replay test: places the demo orders at a fresh platform and writes the items of each order's
 * stream, as DynamoDB holds them, into the folder given: `node bin/bootstrap.mjs test/replay/record.ts test/replay/histories/v<N>`.
 * A folder that exists is not touched: what was recorded once stays.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { buildApp } from '../../launch/build.ts';
import { operatorClientConfig } from '../../launch/operator.ts';
import { isFinal, OrdersClient } from '../../launch/orders-client.ts';
import { startPlatform } from '../../launch/platform.ts';
import { PROJECT_ROOT } from '../../launch/tools.ts';

const DEMO_ORDERS = path.join(PROJECT_ROOT, 'test/fixtures/demo-orders');
const PATIENCE_MS = 180_000;

const [target] = process.argv.slice(2);
if (!target) throw new Error('Name the folder to record into.');
const folder = path.resolve(PROJECT_ROOT, target);
mkdirSync(path.dirname(folder), { recursive: true });
mkdirSync(folder);

const dataDir = mkdtempSync(path.join(tmpdir(), 'waybill-record-'));
await buildApp(() => {});
const platform = await startPlatform({ dataDir, port: 0, logDir: path.join(dataDir, 'logs') });
const orders = new OrdersClient(platform.runtime.url);
const db = new DynamoDBClient(operatorClientConfig(platform.runtime.endpointUrl));
try {
  await record('voided-before-capture', demoOrder('01-accepted'), voidAtGatewayWhenAuthorised);
  await Promise.all(readdirSync(DEMO_ORDERS).map((file) => path.basename(file, '.json')).map((name) => record(name.slice(3), demoOrder(name))));
} finally {
  db.destroy();
  await platform.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);

interface PlacedOrder { readonly customerId: string }

function demoOrder(name: string): PlacedOrder {
  return (JSON.parse(readFileSync(path.join(DEMO_ORDERS, `${name}.json`), 'utf8')) as { order: PlacedOrder }).order;
}

async function record(name: string, order: PlacedOrder, meddle: (orderId: string) => Promise<void> = async () => {}): Promise<void> {
  const orderId = await orders.place(order, randomUUID());
  await meddle(orderId);
  const deadline = Date.now() + PATIENCE_MS;
  while (!isFinal(await orders.get(orderId))) {
    if (Date.now() > deadline) throw new Error(`${name} is not final after ${PATIENCE_MS / 1_000} s.`);
    await sleep(200);
  }
  const { Items } = await db.send(new QueryCommand({
    TableName: platform.runtime.outputs.OrderLogTableName,
    KeyConditionExpression: 'orderId = :id',
    ExpressionAttributeValues: { ':id': { S: orderId } },
    ConsistentRead: true,
  }));
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(Items, null, 1)}\n`);
  process.stdout.write(`${name}: ${(Items ?? []).map(({ type }) => type?.S).join(', ')}\n`);
}

/** The gateway gives the hold back between authorisation and capture: goods and shipment are then undone as well. */
async function voidAtGatewayWhenAuthorised(orderId: string): Promise<void> {
  while (!(await orders.path(orderId)).includes('PaymentAuthorised')) await sleep(2);
  await fetch(`${platform.gatewayUrl}/v1/payments/${orderId}/void`, { method: 'POST' });
}
