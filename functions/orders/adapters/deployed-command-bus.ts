import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { DynamoDbOrderLog } from '../../shared/event-log/dynamodb-order-log.ts';
import { EVENT_LOG_TABLES } from '../../shared/event-log/tables.ts';
import type { CommandBusDeps } from '../application/command-bus.ts';
import { DynamoDbSnapshots, snapshotEnvironment } from './dynamodb-snapshots.ts';

/** What the environment of a function that carries out commands tells; only people's commands are kept in a table. */
export const commandBusEnvironment = {
  [EVENT_LOG_TABLES.orderLog.variable]: z.string(),
  [EVENT_LOG_TABLES.commands.variable]: z.string().optional(),
  ...snapshotEnvironment,
};

export const deployedCommandBus = (
  db: DynamoDBDocumentClient,
  environment: z.output<z.ZodObject<typeof commandBusEnvironment>>,
): CommandBusDeps => ({
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE, environment.COMMANDS_TABLE),
  snapshots: new DynamoDbSnapshots(db, environment.ORDER_SNAPSHOTS_TABLE, environment.SNAPSHOT_EVERY),
  now: Date.now,
});
