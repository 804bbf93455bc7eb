/** Inventory on DynamoDB Local, for tests: stock on the shelf and orders that want it. */
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbInventory } from '../../functions/inventory/adapters/dynamodb-inventory.ts';
import type { StockDeps } from '../../functions/inventory/hold-stock.ts';
import type { OrderId } from '../../functions/shared/kernel/ids.ts';
import { DynamoDbOrderLog } from '../../functions/shared/order-log/dynamodb-order-log.ts';
import { TABLES } from '../../functions/shared/tables.ts';
import type { TestDynamoDb } from './dynamodb.ts';
import { created, line, newEvent, START } from './order-streams.ts';

export interface Stock {
  readonly available: number;
  readonly reserved: number;
}

export interface StockWorld extends StockDeps {
  readonly db: DynamoDBDocumentClient;
  /** Puts units on the shelf. */
  stock(sku: string, available: number): Promise<void>;
  stockOf(sku: string): Promise<Stock>;
  /** Creates an order over these quantities, as version 1 of its stream. */
  order(orderId: OrderId, quantities: Readonly<Record<string, number>>): Promise<void>;
  /** The same inventory through another client, such as one that meets conflicts. */
  inventoryOver(db: DynamoDBDocumentClient): DynamoDbInventory;
}

const INVENTORY = 'inventory';
const ORDER_LOG = 'order-log';

export async function stockWorld(dynamoDb: TestDynamoDb): Promise<StockWorld> {
  await dynamoDb.createTable(INVENTORY, TABLES.inventory);
  await dynamoDb.createTable(ORDER_LOG, TABLES.orderLog);
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  const log = new DynamoDbOrderLog(db, ORDER_LOG);
  const inventoryOver = (through: DynamoDBDocumentClient) => new DynamoDbInventory(through, INVENTORY, ORDER_LOG, async () => {});
  return {
    db,
    log,
    inventory: inventoryOver(db),
    inventoryOver,
    now: () => START,
    async stock(sku, available) {
      await db.send(new PutCommand({ TableName: INVENTORY, Item: { pk: `SKU#${sku}`, available, reserved: 0 } }));
    },
    async stockOf(sku) {
      const { Item } = await db.send(new GetCommand({ TableName: INVENTORY, Key: { pk: `SKU#${sku}` }, ConsistentRead: true }));
      return { available: Item!.available as number, reserved: Item!.reserved as number };
    },
    async order(orderId, quantities) {
      const lines = Object.entries(quantities).map(([sku, quantity]) => line(sku, quantity));
      await log.append(orderId, 0, [newEvent(created(lines), 0, orderId)]);
    },
  };
}
