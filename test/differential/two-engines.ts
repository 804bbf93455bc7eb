/** Both engines behind the runtime's proxy, each with the same empty tables. */
import type { JsonObject } from '../../local/contracts.ts';
import { dynamoDbLocal } from '../../local/dynamodb/dynamodb-local/engine.ts';
import { dynoxide } from '../../local/dynamodb/dynoxide/engine.ts';
import { EngineProcess } from '../../local/dynamodb/process.ts';
import { DynamoDbProxy } from '../../local/dynamodb/proxy.ts';
import { CountingMeter } from '../support/runtime/service-context.ts';
import { INDEX, TABLES } from './requests.ts';

export interface TwoEngines {
  readonly dynoxide: DynamoDbProxy;
  readonly dynamoDbLocal: DynamoDbProxy;
  close(): Promise<void>;
}

const KEYS: Readonly<Record<string, JsonObject>> = {
  [TABLES.plain]: {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  },
  [TABLES.sorted]: {
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
      { AttributeName: 'kind', AttributeType: 'S' },
      { AttributeName: 'rank', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: INDEX,
        KeySchema: [
          { AttributeName: 'kind', KeyType: 'HASH' },
          { AttributeName: 'rank', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
      },
    ],
  },
};

/** @throws EngineUnavailable where one of them cannot be started */
export async function startBoth(): Promise<TwoEngines> {
  const processes = await Promise.all([EngineProcess.start(dynoxide()), EngineProcess.start(dynamoDbLocal('256m'))]);
  const [one, other] = processes.map(
    (process) => new DynamoDbProxy({ meter: new CountingMeter(), region: 'us-east-1' }, process),
  ) as [DynamoDbProxy, DynamoDbProxy];
  const proxies = [one, other];
  for (const proxy of proxies) {
    for (const [TableName, keys] of Object.entries(KEYS)) {
      await proxy.tableCommand('CreateTable', { TableName, ...keys, BillingMode: 'PAY_PER_REQUEST' });
    }
  }
  return {
    dynoxide: one,
    dynamoDbLocal: other,
    close: async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await Promise.all(processes.map((process) => process.close()));
    },
  };
}

/** Deletes all items. */
export async function empty(proxy: DynamoDbProxy): Promise<void> {
  for (const [TableName, { KeySchema }] of Object.entries(KEYS)) {
    const names = (KeySchema as unknown as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
    const { Items } = await proxy.tableCommand('Scan', { TableName });
    for (const item of Items as JsonObject[]) {
      const Key = Object.fromEntries(names.map((name) => [name, item[name]!]));
      await proxy.tableCommand('DeleteItem', { TableName, Key });
    }
  }
}
