import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { askByName } from '../../../../local/dynamodb/table-arns.ts';
import { LOCATION } from '../resource-making.ts';

const arn = (table: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`;

/** What the engine is asked, and what the caller is answered. */
async function asked(request: JsonObject, answer: JsonObject = {}) {
  let sent: JsonObject = {};
  const told = await askByName(LOCATION, request, async (named) => {
    sent = named;
    return answer;
  });
  return { sent, told };
}

test('A table may be named by its ARN, also in a transaction', async () => {
  const Key = { id: { S: arn('not-a-name') } };
  expect((await asked({ TableName: arn('orders'), Key })).sent).toEqual({ TableName: 'orders', Key });
  const actions = (table: string) => [{ Put: { TableName: table, Item: Key } }, { Delete: { TableName: 'log', Key } }];
  expect((await asked({ TransactItems: actions(arn('orders')) })).sent).toEqual({ TransactItems: actions('orders') });
});

test('A batch is answered by the names that it was asked by', async () => {
  const answer = { Responses: { orders: [], log: [] }, UnprocessedKeys: { orders: {} } };
  const { sent, told } = await asked({ RequestItems: { [arn('orders')]: { Keys: [] }, log: { Keys: [] } } }, answer);
  expect(sent).toEqual({ RequestItems: { orders: { Keys: [] }, log: { Keys: [] } } });
  expect(told).toEqual({ Responses: { [arn('orders')]: [], log: [] }, UnprocessedKeys: { [arn('orders')]: {} } });
});

test('A request without ARNs, and the ARN of another account, stay as they are', async () => {
  const plain = { TableName: 'orders' };
  expect((await asked(plain)).sent).toBe(plain);
  const foreign = { TableName: arn('orders').replace('000000000000', '111111111111') };
  expect((await asked(foreign)).sent).toEqual(foreign);
});
