/** Inventory in memory or on DynamoDB Local, for tests: stock, and orders that need it. */

import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbBackorders } from '../../../functions/inventory/adapters/dynamodb-backorders.ts';
import { DynamoDbInventory } from '../../../functions/inventory/adapters/dynamodb-inventory.ts';
import { DynamoDbStock } from '../../../functions/inventory/adapters/dynamodb-stock.ts';
import { DynamoDbWatchedArticles } from '../../../functions/inventory/adapters/dynamodb-watched-articles.ts';
import type { Backorders, InventoryDeps } from '../../../functions/inventory/application/ports.ts';
import type { Stock as ArticleStocks, WatchedArticles } from '../../../functions/inventory/application/stock-ports.ts';
import { INVENTORY_TABLES, stockKey } from '../../../functions/published/inventory-tables.ts';
import { ORDER, type OrderLog } from '../../../functions/published/order-log.ts';
import { ORDER_LOG_TABLES } from '../../../functions/published/order-log-tables.ts';
import { STOCK, type StockLog } from '../../../functions/published/stock-log.ts';
import { addedUp, readShards } from '../../../functions/shared/edge/read-shards.ts';
import { DynamoDbEventLog } from '../../../functions/shared/event-log/dynamodb-event-log.ts';
import type { OrderId, Sku } from '../../../functions/shared/kernel/ids.ts';
import { ownTable, type TestDynamoDb } from '../dynamodb/dynamodb.ts';
import { InMemoryInventory } from '../fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryStock } from '../fakes/in-memory-stock.ts';
import { created, line, newEvent, START } from './streams.ts';

export interface Stock {
  readonly available: number;
  readonly reserved: number;
  /** Absent before the first sale. */
  readonly sold?: number;
}

export interface StockWorld extends InventoryDeps {
  readonly articles: ArticleStocks;
  readonly backorders: Backorders;
  readonly watched: WatchedArticles;
  readonly stockLog: Pick<StockLog, 'read'>;
  /** Sets the available quantity of an article. */
  stock(sku: string, available: number): Promise<void>;
  stockOf(sku: string): Promise<Stock>;
  /** Creates an order over these quantities, as version 1 of its stream, some time after the first ones. */
  order(orderId: OrderId, quantities: Readonly<Record<string, number>>, afterSeconds?: number): Promise<void>;
}

export interface DynamoDbStockWorld extends StockWorld {
  readonly db: DynamoDBDocumentClient;
  /** The names of tables. */
  readonly tables: { readonly inventory: string; readonly stockLog: string };
  /** The same inventory through another client, such as one with conflicts. */
  inventoryOver(db: DynamoDBDocumentClient): DynamoDbInventory;
  articlesOver(db: DynamoDBDocumentClient): DynamoDbStock;
}

const orderIn =
  (log: OrderLog): StockWorld['order'] =>
  async (orderId, quantities, afterSeconds = 0) => {
    const lines = Object.entries(quantities).map(([sku, quantity]) => line(sku, quantity));
    await log.append(orderId, 0, [newEvent(created(lines), afterSeconds, orderId)]);
  };

export function inMemoryStockWorld(): StockWorld {
  const log = new InMemoryOrderLog();
  const inventory = new InMemoryInventory(log);
  const articles = new InMemoryStock(inventory);
  return {
    articles,
    backorders: inventory,
    watched: articles,
    stockLog: articles.log,
    log,
    inventory,
    now: () => START,
    stock: async (sku, available) => inventory.stock(sku, available),
    stockOf: async (sku) => inventory.stockOf(sku),
    order: orderIn(log),
  };
}

export async function stockWorld(dynamoDb: TestDynamoDb): Promise<DynamoDbStockWorld> {
  const inventoryTable = ownTable('inventory');
  const orderLog = ownTable('order-log');
  const stockLog = ownTable('stock-log');
  const commands = ownTable('commands');
  await dynamoDb.createTable(inventoryTable, INVENTORY_TABLES.inventory);
  await dynamoDb.createTable(orderLog, ORDER_LOG_TABLES.orderLog);
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  await dynamoDb.createTable(stockLog, INVENTORY_TABLES.stockLog);
  await dynamoDb.createTable(commands, ORDER_LOG_TABLES.commands);
  const log = new DynamoDbEventLog(ORDER, db, orderLog);
  const inventoryOver = (through: DynamoDBDocumentClient) =>
    new DynamoDbInventory(through, inventoryTable, orderLog, async () => {});
  const articlesOver = (through: DynamoDBDocumentClient) =>
    new DynamoDbStock(through, inventoryTable, { stockLog, commands });
  return {
    db,
    tables: { inventory: inventoryTable, stockLog },
    articles: articlesOver(db),
    articlesOver,
    backorders: new DynamoDbBackorders(db, inventoryTable),
    watched: new DynamoDbWatchedArticles(db, inventoryTable),
    stockLog: new DynamoDbEventLog(STOCK, db, stockLog),
    log,
    inventory: inventoryOver(db),
    inventoryOver,
    now: () => START,
    async stock(sku, available) {
      await db.send(new PutCommand({ TableName: inventoryTable, Item: { pk: `SKU#${sku}`, available, reserved: 0 } }));
    },
    async stockOf(sku) {
      const shards = await readShards(db, inventoryTable, (shard) => stockKey(sku as Sku, shard));
      const { pk: _key, shards: _shards, ...stock } = addedUp(shards)!;
      return stock as unknown as Stock;
    },
    order: orderIn(log),
  };
}

/** The same, but the stock of each article lies in so many shards. */
export function inShards(world: DynamoDbStockWorld, shards: number): DynamoDbStockWorld {
  return {
    ...world,
    stock: async (sku, available) => {
      const items = Array.from({ length: shards }, (_, shard) => ({
        ...stockKey(sku as Sku, shard),
        available: Math.floor((available + shard) / shards),
        ...(shard === 0 ? { reserved: 0, shards } : {}),
      }));
      await Promise.all(
        items.map((item) => world.db.send(new PutCommand({ TableName: world.tables.inventory, Item: item }))),
      );
    },
  };
}
