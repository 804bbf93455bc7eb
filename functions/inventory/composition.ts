import { ORDER_LOG_TABLES } from '../published/order-log-tables.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { tableName } from '../shared/edge/environment.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { DynamoDbInventory } from './adapters/dynamodb-inventory.ts';
import { INVENTORY_TABLES } from './adapters/tables.ts';
import type { InventoryDeps } from './application/ports.ts';

/** The dependencies of the functions that deal with stock, as they are deployed. */
export const deployedInventory = (): InventoryDeps => ({
  ...stepDeps(),
  inventory: new DynamoDbInventory(
    documentClient(),
    tableName(INVENTORY_TABLES.inventory),
    tableName(ORDER_LOG_TABLES.orderLog),
  ),
});
