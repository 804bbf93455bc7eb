/**
 * What the DynamoDB engine alone sustains for the writes of one order: records them on the platform, then replays them against
 * an engine of its own, over plain HTTP, while the platform rests.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'undici';
import type { Platform } from '../launch/platform/platform.ts';
import { engineHere } from '../local/dynamodb/engines.ts';
import { EngineProcess } from '../local/dynamodb/process.ts';
import { CLIENTS, type OrderWork } from './closed-loop.ts';
import type { OrderLoad } from './order-load.ts';

interface RecordedWrite {
  readonly target: string;
  readonly body: string;
}

export interface OrderWrites {
  readonly writes: readonly RecordedWrite[];
  /** The ids in the recorded bodies, which differ from order to order. */
  readonly ids: readonly string[];
  /** Requests that make the tables and put the stock in. */
  readonly preparation: readonly RecordedWrite[];
}

const API = 'DynamoDB_20120810.';
const WRITES = /^DynamoDB_20120810\.(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem)$/;

/** Records the writes of one order on the happy path. */
export async function recordOrderWrites({ runtime }: Platform, load: OrderLoad): Promise<OrderWrites> {
  const writes: RecordedWrite[] = [];
  const ids = new Set<string>();
  await load.placeAndFinish();
  await load.settle();
  const stop = runtime.dynamoDb.onRequest((target, request) => {
    // The token of a transaction makes its repeats no-ops; replayed ones must be written.
    const { ClientRequestToken: _token, ...repeatable } = request;
    if (WRITES.test(target)) writes.push({ target, body: JSON.stringify(repeatable) });
  });
  await load.placeAndFinish();
  await load.settle();
  stop();
  for (const { body } of writes) {
    for (const [, id] of body.matchAll(/"orderId":\{"S":"([^"]+)"\}/g)) ids.add(id!);
    for (const [, id] of body.matchAll(/"id":\{"S":"([^"]+)"\}/g)) ids.add(id!);
  }
  const preparation: RecordedWrite[] = [];
  for (const name of Object.entries(runtime.outputs)
    .filter(([output]) => output.endsWith('TableName'))
    .map(([, value]) => value)) {
    const { Table } = (await runtime.dynamoDb.tableCommand('DescribeTable', { TableName: name })) as {
      Table: Record<string, unknown>;
    };
    preparation.push({ target: `${API}CreateTable`, body: JSON.stringify(definitionOf(Table)) });
  }
  const stock = { pk: { S: 'SKU#TSHIRT' }, available: { N: '1000000' }, reserved: { N: '0' } };
  preparation.push({
    target: `${API}PutItem`,
    body: JSON.stringify({ TableName: runtime.outputs.InventoryTableName, Item: stock }),
  });
  return { writes, ids: [...ids], preparation };
}

/** The request that creates a table like this one, with its indexes and its stream, since both make each write slower. */
function definitionOf({
  TableName,
  KeySchema,
  AttributeDefinitions,
  StreamSpecification,
  GlobalSecondaryIndexes,
}: Record<string, unknown>): Record<string, unknown> {
  const indexes = GlobalSecondaryIndexes as readonly Record<string, unknown>[] | undefined;
  return {
    TableName,
    KeySchema,
    AttributeDefinitions,
    StreamSpecification,
    GlobalSecondaryIndexes: indexes?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    })),
    BillingMode: 'PAY_PER_REQUEST',
  };
}

/** The engine with nothing in front of it, and the writes of an order to replay. */
export interface DynamoDbAlone {
  /** Replays the writes for a new order, one after the other. May run side by side as often as the platform has clients. */
  readonly replay: OrderWork;
  close(): Promise<void>;
}

/** Starts an engine on disk with the tables and the stock that the recorded writes need. */
export async function startDynamoDbAlone({ writes, ids, preparation }: OrderWrites): Promise<DynamoDbAlone> {
  const dir = mkdtempSync(path.join(tmpdir(), 'waybill-bench-dynamodb-'));
  const engine = await EngineProcess.start(engineHere(), { dir });
  const pool = new Pool(engine.url, { connections: CLIENTS });
  const send = async ({ target, body }: RecordedWrite): Promise<void> => {
    const answer = await pool.request({
      path: '/',
      method: 'POST',
      body,
      headers: engine.engine.headers(target),
    });
    const text = await answer.body.text();
    // A late update of a view was refused during the recording, too. A refused write costs as much as any other.
    if (answer.statusCode !== 200 && !text.includes('ConditionalCheckFailed')) {
      throw new Error(`${target} answered ${answer.statusCode}: ${text}`);
    }
  };
  const close = async (): Promise<void> => {
    await pool.close();
    await engine.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (const request of preparation) await send(request);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async replay() {
      const started = performance.now();
      const renamed = new Map(ids.map((id) => [id, randomUUID()]));
      for (const { target, body } of writes) {
        let text = body;
        for (const [id, fresh] of renamed) text = text.replaceAll(id, fresh);
        await send({ target, body: text });
      }
      return performance.now() - started;
    },
  };
}
