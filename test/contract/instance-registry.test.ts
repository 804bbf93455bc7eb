import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbInstanceRegistry } from '../../functions/partners/adapters/dynamodb-instance-registry.ts';
import type { InstanceRegistry } from '../../functions/partners/application/ports.ts';
import { DynamoDbPartnerStore } from '../../functions/shared/outbound/adapters/dynamodb-partner-store.ts';
import { NEW_CIRCUIT } from '../../functions/shared/outbound/circuit/circuit.ts';
import { PARTNER_TABLES } from '../../functions/shared/outbound/tables.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryInstanceRegistry } from '../support/fakes/in-memory-instance-registry.ts';
import { instance, NOW } from '../support/outbound/instances.ts';

const PARTNERS = ownTable('partners');
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(PARTNERS, PARTNER_TABLES.partners);
});

afterAll(() => dynamoDb?.close());

const ADAPTERS: readonly [string, () => InstanceRegistry][] = [
  ['in memory', () => new InMemoryInstanceRegistry()],
  ['DynamoDB', () => new DynamoDbInstanceRegistry(DynamoDBDocumentClient.from(dynamoDb.client), PARTNERS)],
];

describe.each(ADAPTERS)('The registry of instances (%s)', (_, open) => {
  /** A registry, and a partner that no other test knows. */
  const registry = () => ({ registry: open(), partner: `partner-${randomUUID()}` });

  test('finds the instances of a partner, in the order of their ids', async () => {
    const { registry: instances, partner } = registry();
    expect(await instances.instancesOf(partner)).toEqual([]);
    const [a, b] = [
      instance('a', { metadata: { weight: '2' }, latencyMs: 4, load: 1 }),
      instance('b', { secure: false }),
    ];
    await instances.register(partner, b);
    await instances.register(partner, a);
    await instances.register(`${partner}-2`, instance('c'));
    expect(await instances.instancesOf(partner)).toEqual([a, b]);
  });

  test('refuses a second instance of one id, however many try at once', async () => {
    const { registry: instances, partner } = registry();
    const tries = await Promise.allSettled(
      [1, 2, 3, 4].map((port) => instances.register(partner, instance('a', { port }))),
    );
    const refusals = tries.filter((each) => each.status === 'rejected');
    expect(refusals.map(({ reason }) => (reason as Error).name)).toEqual(Array(3).fill('DuplicateInstance'));
    await instances.register(`${partner}-2`, instance('a'));
  });

  test('takes a heartbeat, with the load that it reports', async () => {
    const { registry: instances, partner } = registry();
    await instances.register(partner, instance('a', { status: 'down' }));
    await instances.heartbeat(partner, 'a', { at: NOW + 1, load: 7 });
    expect(await instances.instancesOf(partner)).toEqual([instance('a', { lastHeartbeat: NOW + 1, load: 7 })]);
    await instances.heartbeat(partner, 'a', { at: NOW + 2 });
    expect(await instances.instancesOf(partner)).toEqual([instance('a', { lastHeartbeat: NOW + 2 })]);
  });

  test('records a health check', async () => {
    const { registry: instances, partner } = registry();
    await instances.register(partner, instance('a', { status: 'unknown' }));
    await instances.recordCheck(partner, instance('a'), { status: 'up', lastHeartbeat: NOW + 9, latencyMs: 3 });
    expect(await instances.instancesOf(partner)).toEqual([instance('a', { lastHeartbeat: NOW + 9, latencyMs: 3 })]);
    const seen = instance('a', { lastHeartbeat: NOW + 9 });
    await instances.recordCheck(partner, seen, { status: 'unknown', lastHeartbeat: NOW + 9 });
    expect(await instances.instancesOf(partner)).toEqual([{ ...seen, status: 'unknown', latencyMs: 3 }]);
  });

  test('does not let a check that failed hide a sign of life that came meanwhile, and brings back no instance that left', async () => {
    const { registry: instances, partner } = registry();
    const read = instance('a');
    await instances.register(partner, read);
    await instances.heartbeat(partner, 'a', { at: NOW + 1 });
    await instances.recordCheck(partner, read, { status: 'down', lastHeartbeat: NOW });
    expect(await instances.instancesOf(partner)).toMatchObject([{ status: 'up' }]);
    await instances.deregister(partner, 'a');
    await instances.recordCheck(partner, instance('a', { lastHeartbeat: NOW + 1 }), {
      status: 'up',
      lastHeartbeat: NOW + 2,
    });
    expect(await instances.instancesOf(partner)).toEqual([]);
  });

  test('knows no instance that was not registered or was deregistered', async () => {
    const { registry: instances, partner } = registry();
    await instances.register(partner, instance('a'));
    await instances.deregister(partner, 'a');
    const notFound = { name: 'InstanceNotFound', data: { partner, instanceId: 'a' } };
    await expect(instances.deregister(partner, 'a')).rejects.toMatchObject(notFound);
    await expect(instances.heartbeat(partner, 'a', { at: NOW })).rejects.toMatchObject(notFound);
    await instances.register(partner, instance('a'));
  });
});

test('The registered instances are those that calls are balanced over, beside the circuit', async () => {
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  const partner = `partner-${randomUUID()}`;
  const store = new DynamoDbPartnerStore({ db, tableName: PARTNERS, timeoutMs: 5_000 });
  await store.replaceCircuit(partner, NEW_CIRCUIT, 0);
  const registered = instance('a', { metadata: { weight: '2' }, latencyMs: 4 });
  await new DynamoDbInstanceRegistry(db, PARTNERS).register(partner, registered);
  expect(await store.read(partner)).toEqual({ circuit: NEW_CIRCUIT, version: 1, instances: [registered] });
});
