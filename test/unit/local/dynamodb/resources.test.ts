import { expect, test } from 'vitest';
import { tableResources } from '../../../../local/dynamodb/resources.ts';
import type { TableProvider } from '../../../../local/dynamodb/tables.ts';
import { makerOf, recorder } from '../resource-making.ts';

test('A table has the name, ARN and stream that it got', async () => {
  const { part, calls } = recorder<TableProvider>({
    ensureTable: Promise.resolve({ arn: 'arn:table', streamArn: 'arn:table/stream' }),
  });
  const make = makerOf(tableResources(() => part));
  const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
  expect(await make('AWS::DynamoDB::Table', { KeySchema })).toEqual({
    ref: 'Shop-Thing',
    attributes: { Arn: 'arn:table', StreamArn: 'arn:table/stream' },
  });
  expect(calls).toEqual([['ensureTable', { KeySchema }, 'Shop-Thing']]);
});
