/** One article in an engine of its own, and buyers who all want a unit of it at once: each an execution of the saga's first step. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbInventory } from '../functions/inventory/adapters/dynamodb-inventory.ts';
import { reserveStock } from '../functions/inventory/application/reserve.ts';
import { OutOfStock } from '../functions/inventory/domain/errors.ts';
import { INVENTORY_TABLES, stockKey } from '../functions/published/inventory-tables.ts';
import { ORDER } from '../functions/published/order-log.ts';
import { ORDER_LOG_TABLES } from '../functions/published/order-log-tables.ts';
import { DEFAULT_CONFIGURATION } from '../functions/shared/configuration/document.ts';
import { translateAwsError } from '../functions/shared/edge/aws-errors.ts';
import { addedUp, readShards } from '../functions/shared/edge/read-shards.ts';
import { DynamoDbEventLog } from '../functions/shared/event-log/dynamodb-event-log.ts';
import { ConcurrencyConflict } from '../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId, type Sku } from '../functions/shared/kernel/ids.ts';
import { PROJECT_ROOT } from '../launch/project-root.ts';
import { engineHere } from '../local/dynamodb/engines.ts';
import { EngineProcess } from '../local/dynamodb/process.ts';
import { created, line, newEvent, START } from '../test/support/orders/streams.ts';
import { type Contention, contendedClient } from './contended-client.ts';

const SETTINGS = DEFAULT_CONFIGURATION.inventory;
const LOOK_EVERY_MS = 10;
const CONNECTIONS = 128;
const TABLES = { inventory: INVENTORY_TABLES.inventory, orderLog: ORDER_LOG_TABLES.orderLog };
const KEYS = {
  inventory: [TABLES.inventory.partitionKey],
  orderLog: [TABLES.orderLog.partitionKey, TABLES.orderLog.sortKey],
};

interface Retry {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly MaxAttempts: number;
}

/** As the order saga's definition has it. */
const RETRY = (
  JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'statemachines/order-saga/definition.asl.json'), 'utf8')) as {
    readonly States: { readonly ReserveInventory: { readonly Retry: readonly Retry[] } };
  }
).States.ReserveInventory.Retry.find(({ ErrorEquals }) => ErrorEquals.includes('ConcurrencyConflict'))!;

/** `gave-up`: the saga's retries are used up, and it cancels the order. */
export interface Bought {
  readonly outcome: 'sold' | 'out-of-stock' | 'gave-up';
  readonly tookMs: number;
}

export interface Rush {
  readonly bought: readonly Bought[];
  readonly contention: Contention;
  /** When there came to be how many shards. */
  readonly shards: readonly { readonly shards: number; readonly afterMs: number }[];
  /** All shards together, afterwards. */
  readonly left: { readonly available: number; readonly reserved: number };
}

export interface RushOptions {
  readonly buyers: number;
  readonly stock: number;
  /** @default as the rule says */
  readonly mostShards?: number;
}

export class HotArticles {
  readonly #engine: EngineProcess;
  readonly #client: DynamoDBClient;
  readonly #db: DynamoDBDocumentClient;

  private constructor(engine: EngineProcess) {
    this.#engine = engine;
    this.#client = new DynamoDBClient({
      endpoint: engine.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
      requestHandler: { httpAgent: { maxSockets: CONNECTIONS, keepAlive: true } },
    });
    this.#db = DynamoDBDocumentClient.from(this.#client);
  }

  static async open(): Promise<HotArticles> {
    const articles = new HotArticles(await EngineProcess.start(engineHere()));
    for (const [TableName, [hash, range]] of Object.entries(KEYS)) {
      await articles.#client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: hash!, KeyType: 'HASH' },
            ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
          ],
          AttributeDefinitions: [
            { AttributeName: hash!, AttributeType: 'S' },
            ...(range === undefined ? [] : [{ AttributeName: range, AttributeType: 'N' as const }]),
          ],
        }),
      );
    }
    return articles;
  }

  async close(): Promise<void> {
    this.#client.destroy();
    await this.#engine.close();
  }

  /** Sells a new article, which lies in one item, to so many who come at once. */
  async rush({ buyers, stock, mostShards }: RushOptions): Promise<Rush> {
    const sku = `SKU-${randomUUID()}` as Sku;
    await this.#db.send(
      new PutCommand({ TableName: 'inventory', Item: { ...stockKey(sku), available: stock, reserved: 0 } }),
    );
    const log = new DynamoDbEventLog(ORDER, this.#db, 'orderLog');
    const ids = Array.from({ length: buyers }, () => parseOrderId(randomUUID()));
    for (const id of ids) await log.append(id, 0, [newEvent(created([line(sku, 1)]), 0, id)]);

    const { db, contention } = contendedClient(this.#db, KEYS);
    const watch = this.#watch(sku);
    // Each invocation under way has an instance of the function of its own, which knows nothing of the article.
    const bought = await Promise.all(
      ids.map((id) => buy(id, db, new DynamoDbInventory(db, 'inventory', 'orderLog', undefined, mostShards))),
    );
    const shards = await watch();
    const { available, reserved } = addedUp(
      await readShards(this.#db, 'inventory', (shard) => stockKey(sku, shard)),
    ) as unknown as Rush['left'];
    return { bought, contention, shards, left: { available, reserved } };
  }

  /** Watches the number of shards until the returned function is called, which resolves to its changes. */
  #watch(sku: Sku): () => Promise<Rush['shards']> {
    const started = performance.now();
    const seen = [{ shards: 1, afterMs: 0 }];
    let ended = false;
    const look = async (): Promise<void> => {
      const { Item } = await this.#db.send(
        new GetCommand({ TableName: 'inventory', Key: stockKey(sku), ConsistentRead: true }),
      );
      const shards = Number(Item?.['shards'] ?? 1);
      if (shards > seen.at(-1)!.shards) seen.push({ shards, afterMs: performance.now() - started });
    };
    const watching = (async () => {
      while (!ended) {
        await look();
        await sleep(LOOK_EVERY_MS);
      }
      await look();
    })();
    return async () => {
      ended = true;
      await watching;
      return seen;
    };
  }
}

/** Runs the step as its state does, with the retries of the definition and full jitter. */
async function buy(orderId: OrderId, db: DynamoDBDocumentClient, inventory: DynamoDbInventory): Promise<Bought> {
  const started = performance.now();
  const deps = { inventory, log: new DynamoDbEventLog(ORDER, db, 'orderLog'), now: () => START };
  const ended = (outcome: Bought['outcome']): Bought => ({ outcome, tookMs: performance.now() - started });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await reserveStock(deps, { orderId, attempt, canWait: true }, SETTINGS);
      return ended('sold');
    } catch (error) {
      if (error instanceof OutOfStock) return ended('out-of-stock');
      if (!(translateAwsError(error) instanceof ConcurrencyConflict)) throw error;
      if (attempt === RETRY.MaxAttempts) return ended('gave-up');
      const longest = Math.min(RETRY.MaxDelaySeconds, RETRY.IntervalSeconds * RETRY.BackoffRate ** attempt);
      await sleep(Math.random() * longest * 1_000);
    }
  }
}
