import * as z from 'zod';
import { ORDER } from '../published/order-log.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { DynamoDbInventory } from './adapters/dynamodb-inventory.ts';
import { INVENTORY_TABLES } from './adapters/tables.ts';
import type { InventoryDeps } from './application/ports.ts';

/** The dependencies of the functions that deal with stock, as they are deployed. */
export function deployedInventory(): InventoryDeps {
  const environment = readEnvironment(
    z.object({ [INVENTORY_TABLES.inventory.variable]: z.string(), [EVENT_LOG_TABLES.orderLog.variable]: z.string() }),
  );
  const db = documentClient();
  return {
    inventory: new DynamoDbInventory(db, environment.INVENTORY_TABLE, environment.ORDER_LOG_TABLE),
    log: new DynamoDbEventLog(ORDER, db, environment.ORDER_LOG_TABLE),
    now: Date.now,
  };
}
