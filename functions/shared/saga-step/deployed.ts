import { ORDER } from '../../published/order-log.ts';
import { ORDER_LOG_TABLES } from '../../published/order-log-tables.ts';
import { documentClient } from '../edge/document-client.ts';
import { tableName } from '../edge/environment.ts';
import { DynamoDbEventLog } from '../event-log/dynamodb-event-log.ts';
import type { StepDeps } from './conclude-step.ts';

/** The dependencies of every step, as they are deployed. */
export const stepDeps = (): StepDeps => ({
  log: new DynamoDbEventLog(ORDER, documentClient(), tableName(ORDER_LOG_TABLES.orderLog)),
  now: Date.now,
});
