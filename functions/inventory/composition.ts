import { v7 } from 'uuid';
import { INVENTORY_TABLES } from '../published/inventory-tables.ts';
import { ORDER_LOG_TABLES } from '../published/order-log-tables.ts';
import { STOCK, type StockLog } from '../published/stock-log.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { tableName } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { DynamoDbBackorders } from './adapters/dynamodb-backorders.ts';
import { DynamoDbInventory } from './adapters/dynamodb-inventory.ts';
import { DynamoDbStock } from './adapters/dynamodb-stock.ts';
import { DynamoDbWatchedArticles } from './adapters/dynamodb-watched-articles.ts';
import type { LowStockDeps } from './application/check-low-stock.ts';
import type { InventoryDeps } from './application/ports.ts';
import type { StockDeps } from './application/stock-ports.ts';
import { activeLocations } from './domain/sources.ts';

/** The dependencies of the functions that deal with reservations, as they are deployed. */
export const deployedInventory = (): InventoryDeps => ({
  ...stepDeps(),
  inventory: new DynamoDbInventory(
    documentClient(),
    tableName(INVENTORY_TABLES.inventory),
    tableName(ORDER_LOG_TABLES.orderLog),
  ),
});

/** For functions that only read counts. */
export const storedStock = (): DynamoDbStock =>
  new DynamoDbStock(documentClient(), tableName(INVENTORY_TABLES.inventory));

export const watchedArticles = (): DynamoDbWatchedArticles =>
  new DynamoDbWatchedArticles(documentClient(), tableName(INVENTORY_TABLES.inventory));

export const backorders = (): DynamoDbBackorders =>
  new DynamoDbBackorders(documentClient(), tableName(INVENTORY_TABLES.inventory));

/** For functions that change stock otherwise than by an order. */
export const deployedStock = (): StockDeps => ({
  stock: new DynamoDbStock(documentClient(), tableName(INVENTORY_TABLES.inventory), {
    stockLog: tableName(INVENTORY_TABLES.stockLog),
    commands: tableName(ORDER_LOG_TABLES.commands),
  }),
  now: Date.now,
});

export function lowStock(): LowStockDeps {
  const configuration = configurationSource();
  return {
    ...deployedStock(),
    watched: watchedArticles(),
    newId: () => v7(),
    locations: async () => activeLocations((await configuration.current()).inventory),
  };
}

export const stockLog = (): StockLog =>
  new DynamoDbEventLog(STOCK, documentClient(), tableName(INVENTORY_TABLES.stockLog));

export const idempotency = () => dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency));
