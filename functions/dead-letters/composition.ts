/** What the functions about dead letters stand on when they are deployed. */
import { documentClient } from '../shared/edge/document-client.ts';
import { tableName } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { DynamoDbLetters } from './adapters/dynamodb-letters.ts';
import { filingMonitor } from './adapters/filing-monitor.ts';
import { SqsQueues } from './adapters/sqs-queues.ts';
import { DEAD_LETTER_TABLES } from './adapters/tables.ts';
import type { FileDeps } from './application/file-letters.ts';

export const letters = () => new DynamoDbLetters(documentClient(), tableName(DEAD_LETTER_TABLES.deadLetters));

export const filing = (): FileDeps => ({
  letters: letters(),
  queues: new SqsQueues(),
  monitor: filingMonitor,
  now: Date.now,
});

export const letterCommands = () => ({
  letters: letters(),
  queues: new SqsQueues(),
  now: Date.now,
  idempotency: dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency)),
});
