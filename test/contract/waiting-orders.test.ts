import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { DynamoDbTimers } from '../../functions/recovery/adapters/dynamodb-timers.ts';
import { DynamoDbWaits } from '../../functions/recovery/adapters/dynamodb-waits.ts';
import { RECOVERY_TABLES } from '../../functions/recovery/adapters/tables.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryTimers } from '../support/fakes/in-memory-timers.ts';
import { InMemoryWaits } from '../support/fakes/in-memory-waits.ts';
import { timersContract } from './timers.ts';
import { waitsContract } from './waits.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});

afterAll(() => dynamoDb?.close());

async function emptyTable(): Promise<[DynamoDBDocumentClient, string]> {
  const table = ownTable('recovery-waits');
  await dynamoDb.createTable(table, RECOVERY_TABLES.recoveryWaits);
  return [DynamoDBDocumentClient.from(dynamoDb.client), table];
}

waitsContract('in memory', async () => new InMemoryWaits());
waitsContract('DynamoDB', async () => new DynamoDbWaits(...(await emptyTable())));
timersContract('in memory', async () => new InMemoryTimers());
timersContract('DynamoDB', async () => new DynamoDbTimers(...(await emptyTable())));
