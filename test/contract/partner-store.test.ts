import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbCallSlots } from '../../functions/shared/outbound/adapters/dynamodb-call-slots.ts';
import { DynamoDbPartnerStore } from '../../functions/shared/outbound/adapters/dynamodb-partner-store.ts';
import { PARTNER_TABLES } from '../../functions/shared/outbound/tables.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryCallSlots } from '../support/fakes/in-memory-call-slots.ts';
import { InMemoryPartnerStore } from '../support/fakes/in-memory-partner-store.ts';
import { Breakers } from '../support/partners/breakers.ts';
import { CountingMeter } from '../support/runtime/service-context.ts';
import { callSlotsContract, partnerStoreContract } from './partner-store.ts';

const PARTNERS = ownTable('partners');
const meter = new CountingMeter();
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb(meter);
  await dynamoDb.createTable(PARTNERS, PARTNER_TABLES.partners);
});

afterAll(() => dynamoDb?.close());

const table = (tableName = PARTNERS) => ({
  db: DynamoDBDocumentClient.from(dynamoDb.client),
  tableName,
  timeoutMs: 5_000,
});
const onDynamoDb = (tableName?: string) => new DynamoDbPartnerStore(table(tableName));

const inMemory = new InMemoryPartnerStore();
partnerStoreContract('in memory', () => inMemory);
partnerStoreContract('DynamoDB', onDynamoDb);
callSlotsContract('in memory', (now) => new InMemoryCallSlots(now));
callSlotsContract('DynamoDB', (now) => new DynamoDbCallSlots({ ...table(), now }));

describe('Store of partners: DynamoDB, beyond the contract', () => {
  test('costs a healthy partner half a read a second for each function instance, and no write', async () => {
    const breakers = new Breakers(onDynamoDb(), 'healthy', { instances: 1, policy: { failureRate: null } });
    await breakers.fail(0);
    await breakers.succeed(0);
    breakers.pass(1_000);
    const before = [meter.of('dynamodb.readUnits', PARTNERS), meter.of('dynamodb.writeUnits', PARTNERS)];
    for (let second = 0; second < 3; second += 1) {
      for (let call = 0; call < 10; call += 1) await breakers.succeed(0);
      breakers.pass(1_000);
    }
    expect(meter.of('dynamodb.readUnits', PARTNERS) - before[0]!).toBe(1.5);
    expect(meter.of('dynamodb.writeUnits', PARTNERS) - before[1]!).toBe(0);
  });

  test('is away without its table: calls go on, and each function instance opens a circuit of its own', async () => {
    const breakers = new Breakers(onDynamoDb('no-such-table'), 'alone', { instances: 2 });
    for (let call = 0; call < 5; call += 1) await breakers.fail(0);
    await expect(breakers.succeed(0)).rejects.toThrow('The circuit of alone is open');
    expect(await breakers.succeed(1)).toBe(true);
    expect(breakers.storeFailures).toBeGreaterThan(0);
  });
});
