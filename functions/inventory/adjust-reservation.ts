import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { changeStepInput, stepHandler } from '../shared/edge/step.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { DynamoDbInventory } from './adapters/dynamodb-inventory.ts';
import { changeReservation } from './change-reservation.ts';
import type { StockDeps } from './hold-stock.ts';

/** The pivot of a change of items: holds the new goods instead of the old ones, and records that the items have changed. */
export const makeHandler = (deps: StockDeps) => stepHandler({
  input: changeStepInput,
  run: async (step) => ({ version: await changeReservation(deps, step) }),
});

const environment = readEnvironment(z.object({ INVENTORY_TABLE: z.string(), ORDER_LOG_TABLE: z.string() }));
const db = documentClient();
export const handler: Handler = makeHandler({
  inventory: new DynamoDbInventory(db, environment.INVENTORY_TABLE, environment.ORDER_LOG_TABLE),
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
  now: Date.now,
});
