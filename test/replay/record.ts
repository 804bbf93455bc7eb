/**
 * Records histories for the replay test: places the demo orders at a fresh platform and writes the items of each order's
 * stream, as DynamoDB holds them, into the folder given: `node bin/bootstrap.mjs test/replay/record.ts test/replay/histories/v<N>`.
 * What was recorded once stays: an order whose file is there already is not placed.
 */

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ORDER_SNAPSHOTS } from '../../functions/orders/adapters/snapshots.ts';
import { dispatch } from '../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../functions/orders/domain/decide/decide.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { ORDER } from '../../functions/published/order-log.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { DynamoDbSnapshots } from '../../functions/shared/event-log/dynamodb-snapshots.ts';
import { type OrderId, parseOrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import { withCredential } from '../../functions/shared/outbound/credentials/authorised-exchange.ts';
import { parseCredential } from '../../functions/shared/outbound/credentials/credential.ts';
import { credentialInSecret } from '../../functions/shared/outbound/credentials/secrets-manager.ts';
import { nodeExchange } from '../../functions/shared/outbound/http-exchange.ts';
import { operatorClientConfig } from '../../launch/clients/operator.ts';
import { isFinal, OrdersClient, type OrderView } from '../../launch/clients/orders-client.ts';
import { secretsManagerAt } from '../../launch/clients/secrets.ts';
import { SHORT_WAITS } from '../../launch/demo/short-waits.ts';
import { startPlatform } from '../../launch/platform/platform.ts';
import { PROJECT_ROOT } from '../../launch/project-root.ts';
import { buildApp } from '../../launch/tools/build.ts';
import { readLedger } from '../support/platform/partners.ts';

const DEMO_ORDERS = path.join(PROJECT_ROOT, 'launch/demo/orders');
const PATIENCE_MS = 180_000;
const ELSEWHERE = {
  name: 'Han Mei',
  street: '1 Chang’an Avenue',
  city: 'Beijing',
  state: 'Beijing',
  country: 'CN',
  postalCode: '100000',
};

const [target] = process.argv.slice(2);
if (!target) throw new Error('Name the folder to record into.');
const folder = path.resolve(PROJECT_ROOT, target);
mkdirSync(folder, { recursive: true });

const dataDir = mkdtempSync(path.join(tmpdir(), 'waybill-record-'));
await buildApp(() => {});
const platform = await startPlatform({
  dataDir,
  port: 0,
  logDir: path.join(dataDir, 'logs'),
  parameters: { ConfigurationOverrides: JSON.stringify(SHORT_WAITS) },
});
const orders = new OrdersClient(platform.runtime.url);
const db = new DynamoDBClient(operatorClientConfig(platform.runtime.endpointUrl));
const documents = DynamoDBDocumentClient.from(db, { marshallOptions: { removeUndefinedValues: true } });
const { OrderLogTableName, CommandsTableName, OrderSnapshotsTableName } = platform.runtime.outputs;
const bus = {
  log: new DynamoDbEventLog(ORDER, documents, OrderLogTableName!, CommandsTableName),
  snapshots: new DynamoDbSnapshots<ExistingOrder, OrderId>(ORDER_SNAPSHOTS, documents, OrderSnapshotsTableName!, 20),
  now: Date.now,
};
try {
  await record('voided-before-capture', demoOrder('01-accepted'), { underway: voidAtGatewayWhenAuthorised });
  await record('address-changed', demoOrder('01-accepted'), {
    underway: (orderId) => carryOut({ type: 'ChangeShippingAddress', orderId, shippingAddress: ELSEWHERE }),
  });
  await record('delivered-and-returned', demoOrder('01-accepted'), { afterwards: deliverAndTakeBack });
  await Promise.all(
    readdirSync(DEMO_ORDERS)
      .map((file) => path.basename(file, '.json'))
      .map((name) => record(name.slice(3), demoOrder(name), { isEnded: endOf(name) })),
  );
} finally {
  db.destroy();
  await platform.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);

interface PlacedOrder {
  readonly customerId: string;
}

interface DemoOrder {
  readonly order: PlacedOrder;
  readonly expect: { readonly parked?: boolean };
}

function fixture(name: string): DemoOrder {
  return JSON.parse(readFileSync(path.join(DEMO_ORDERS, `${name}.json`), 'utf8')) as DemoOrder;
}

function demoOrder(name: string): PlacedOrder {
  return fixture(name).order;
}

/** A compensation that keeps failing is parked after the order was cancelled. */
function endOf(name: string): (order: OrderView) => boolean {
  const { parked } = fixture(name).expect;
  return (order) => isFinal(order) && (order.parked || !parked);
}

/** What happens to an order that is not the saga's doing: while it runs, and after it. */
interface Meddling {
  readonly underway?: (orderId: OrderId) => Promise<void>;
  readonly afterwards?: (orderId: OrderId) => Promise<void>;
  /** @default when no saga works on it any more */
  readonly isEnded?: (order: OrderView) => boolean;
}

async function record(name: string, order: PlacedOrder, meddling: Meddling = {}): Promise<void> {
  const { underway, afterwards, isEnded = isFinal } = meddling;
  const file = path.join(folder, `${name}.json`);
  if (existsSync(file)) return;
  const orderId = parseOrderId(await orders.place(order, randomUUID()));
  await underway?.(orderId);
  const deadline = Date.now() + PATIENCE_MS;
  while (!isEnded(await orders.get(orderId))) {
    if (Date.now() > deadline) throw new Error(`${name} is not final after ${PATIENCE_MS / 1_000} s.`);
    await sleep(200);
  }
  await afterwards?.(orderId);
  const { Items } = await db.send(
    new QueryCommand({
      TableName: platform.runtime.outputs.OrderLogTableName,
      KeyConditionExpression: 'orderId = :id',
      ExpressionAttributeValues: { ':id': { S: orderId } },
      ConsistentRead: true,
    }),
  );
  writeFileSync(file, `${JSON.stringify(Items, null, 1)}\n`);
  process.stdout.write(`${name}: ${(Items ?? []).map(({ type }) => type?.S).join(', ')}\n`);
}

/** The gateway gives the hold back between authorisation and capture: goods and shipment are then undone as well. */
async function voidAtGatewayWhenAuthorised(orderId: OrderId): Promise<void> {
  while (!(await orders.path(orderId)).includes('PaymentAuthorised')) await sleep(2);
  const { endpointUrl, outputs } = platform.runtime;
  const credential = await credentialInSecret(
    secretsManagerAt(endpointUrl),
    outputs.PaymentGatewayCredentialArn!,
    parseCredential,
  )();
  const [held] = await readLedger(platform.gatewayUrl, orderId);
  const url = `${platform.gatewayUrl}/v1/payment_intents/${held!.paymentId}/cancel`;
  await nodeExchange(withCredential({ method: 'POST', url, headers: {}, timeoutMs: 5_000 }, credential, Date.now()));
}

async function deliverAndTakeBack(orderId: OrderId): Promise<void> {
  await carryOut({ type: 'ShipOrder', orderId });
  await carryOut({ type: 'DeliverOrder', orderId });
  const shirt = { sku: 'TSHIRT' as Sku, quantity: 1 };
  const receive = { type: 'ReceiveReturn', orderId, refundId: randomUUID() } as const;
  const requested = async () => {
    const returnId = randomUUID();
    await carryOut({ type: 'RequestReturn', orderId, returnId, items: [shirt] });
    return returnId;
  };
  const rejected = [{ ...shirt, reason: 'not_in_package', comment: 'The parcel was empty.' } as const];
  await carryOut({ ...receive, returnId: await requested(), inspected: { accepted: [], rejected } });
  await carryOut({ type: 'WithdrawReturn', orderId, returnId: await requested() });
  await carryOut({ ...receive, returnId: await requested() });
}

/** As an operator's request would. */
async function carryOut(command: OrderCommand): Promise<void> {
  const id = randomUUID();
  const done = await dispatch(bus, { id, command, causationId: id, actor: { type: 'operator', id: 'O-DEMO' } });
  if (!done.ok) throw new Error(`${command.type} was refused: ${done.refusal.kind}.`);
}
