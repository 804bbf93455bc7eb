import { describe, expect, test } from 'vitest';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { TABLES } from '../support/dynamodb/tables.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const tables = assembly.all('AWS::DynamoDB::Table');
const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1);
const named = (name: string) => assembly.one('AWS::DynamoDB::Table', capital(name)).properties;

describe('Tables', () => {
  test.each(Object.entries(TABLES))(
    'have the keys that the adapters write: %s',
    (name, { partitionKey, sortKey, timeToLive }) => {
      const properties = named(name);
      expect(properties.KeySchema).toEqual([
        { AttributeName: partitionKey, KeyType: 'HASH' },
        ...(sortKey ? [{ AttributeName: sortKey, KeyType: 'RANGE' }] : []),
      ]);
      expect(properties.TimeToLiveSpecification).toEqual(
        timeToLive ? { AttributeName: timeToLive, Enabled: true } : undefined,
      );
    },
  );

  test('have the indexes that the adapters read, with what is shown of them, and no more', () => {
    const expected = Object.entries(TABLES).flatMap(([name, { indexes }]) =>
      indexes === undefined ? [] : [{ id: assembly.one('AWS::DynamoDB::Table', capital(name)).id, indexes }],
    );
    const indexed = tables.filter(({ properties }) => properties.GlobalSecondaryIndexes !== undefined);
    expect(new Set(indexed.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    for (const { id, indexes } of expected) {
      expect(assembly.resource(id).properties.GlobalSecondaryIndexes).toEqual(
        Object.entries(indexes).map(([IndexName, { partitionKey, sortKey, attributes }]) => ({
          IndexName,
          KeySchema: [
            { AttributeName: partitionKey, KeyType: 'HASH' },
            { AttributeName: sortKey, KeyType: 'RANGE' },
          ],
          Projection: attributes
            ? { ProjectionType: 'INCLUDE', NonKeyAttributes: attributes }
            : { ProjectionType: 'KEYS_ONLY' },
        })),
      );
    }
    expect(Object.keys(ORDER_TABLES.orderView.indexes)).toEqual(['byCustomer', 'byKept', 'byReturnDue']);
  });

  test('are all known to the adapters', () => {
    expect(tables).toHaveLength(Object.keys(TABLES).length);
  });

  test('have an environment variable of their own', () => {
    const variables = Object.values(TABLES).map(({ variable }) => variable);
    expect(new Set(variables).size).toBe(variables.length);
  });

  test('number the events of an order', () => {
    expect(named('orderLog').AttributeDefinitions).toContainEqual({ AttributeName: 'version', AttributeType: 'N' });
  });

  test.each(tables)('survive a mistake: $id', ({ properties, deletionPolicy }) => {
    expect(deletionPolicy).toBe('Retain');
    expect(properties).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('have a stream only where they are an outbox', () => {
    const streams = tables.filter(({ properties }) => properties.StreamSpecification !== undefined);
    const outboxes = ['OrderLog', 'StockLog', 'TransferLog'].map(
      (name) => assembly.one('AWS::DynamoDB::Table', name).id,
    );
    expect(streams.map(({ id }) => id).sort()).toEqual(outboxes.sort());
    for (const { properties } of streams) {
      expect(properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    }
  });

  test('live apart from everything that is deployed often, and so do credentials', () => {
    expect(new Set(Object.values(assembly.stateful.Resources).map(({ Type }) => Type))).toEqual(
      new Set(['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret']),
    );
  });

  test('can be found by their outputs', () => {
    for (const name of [
      'OrderLog',
      'Commands',
      'OrderSnapshots',
      'OrderView',
      'OrderSearch',
      'Projections',
      'Catalogue',
      'Promotions',
      'Inventory',
      'StockLog',
      'TransferLog',
      'Notifications',
      'Idempotency',
      'RateLimits',
      'Partners',
      'RecoveryTasks',
      'RecoveryWaits',
    ]) {
      const output = assembly.stateful.Outputs[`${name}TableName`];
      expect(assembly.target(output?.Value)).toBe(assembly.one('AWS::DynamoDB::Table', name).id);
    }
  });
});
