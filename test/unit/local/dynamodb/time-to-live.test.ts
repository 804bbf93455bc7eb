import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteExpired } from '../../../../local/dynamodb/time-to-live.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../../../support/dynamodb/dynamodb.ts';

const NOW_MS = Date.UTC(2020, 0, 1);
const NOW_S = NOW_MS / 1_000;

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb.close());

test('only what has expired within the last five years is deleted, and only where time to live is on', async () => {
  const [on, off] = [ownTable('expiring'), ownTable('lasting')];
  const { proxy } = dynamoDb;
  const items = {
    over: { N: String(NOW_S - 1) },
    ahead: { N: String(NOW_S + 60) },
    ancient: { N: String(NOW_S - 6 * 365 * 86_400) },
    text: { S: String(NOW_S - 1) },
  };
  for (const TableName of [on, off]) {
    await dynamoDb.createTable(TableName, { partitionKey: 'id' });
    for (const [id, expiry] of Object.entries(items)) {
      await proxy.tableCommand('PutItem', { TableName, Item: { id: { S: id }, expiry } });
    }
    await proxy.tableCommand('PutItem', { TableName, Item: { id: { S: 'none' } } });
  }
  const TimeToLiveSpecification = { AttributeName: 'expiry', Enabled: true };
  await proxy.tableCommand('UpdateTimeToLive', { TableName: on, TimeToLiveSpecification });
  // An engine that deletes what has expired by the machine's time leaves nothing to do here.
  if (proxy.engine.deletesExpired) return;
  await deleteExpired(proxy.ask, NOW_MS);
  const idsIn = async (TableName: string): Promise<unknown[]> => {
    const { Items } = await proxy.tableCommand('Scan', { TableName });
    return (Items as { id: { S: string } }[]).map(({ id }) => id.S).sort();
  };
  expect(await idsIn(on)).toEqual(['ahead', 'ancient', 'none', 'text']);
  expect(await idsIn(off)).toEqual(['ahead', 'ancient', 'none', 'over', 'text']);
});
