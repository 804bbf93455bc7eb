import { IDEMPOTENCY_TABLES } from '../../functions/shared/edge/tables.ts';
import { REQUEST_REFUSED } from '../../functions/shared/http/problems.ts';
import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoDbIdempotency, type Idempotency } from '../../functions/shared/edge/idempotency.ts';
import { Problem } from '../../functions/shared/http/problem.ts';
import { lambdaContext } from '../support/api/invocations.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { inMemoryIdempotency } from '../support/fakes/in-memory-idempotency.ts';

const IDEMPOTENCY = ownTable('idempotency');
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(IDEMPOTENCY, IDEMPOTENCY_TABLES.idempotency);
  process.env.AWS_ENDPOINT_URL = dynamoDb.endpoint;
});

afterAll(() => dynamoDb?.close());

const call = (key: string | undefined, requestHash = 'hash') => ({ key, requestHash, lambdaContext: lambdaContext() });
const newKey = () => `C1#${randomUUID()}`;

describe.each<[string, () => Idempotency]>([
  ['DynamoDB', () => dynamoDbIdempotency(IDEMPOTENCY)],
  ['memory', inMemoryIdempotency],
])('In %s', (_, make) => {
  let idempotency: Idempotency;
  beforeAll(() => {
    idempotency = make();
  });

  test('a request with a key is carried out once; its repetition gets the same answer, marked as a repetition', async () => {
    const key = newKey();
    let runs = 0;
    const work = async () => ({ orderId: `order-${(runs += 1)}` });
    expect(await idempotency(call(key), work)).toEqual({ answer: { orderId: 'order-1' }, replayed: false });
    expect(await idempotency(call(key), work)).toEqual({ answer: { orderId: 'order-1' }, replayed: true });
    expect(runs).toBe(1);
  });

  test('a repetition gets the text of the first answer, byte for byte', async () => {
    const key = newKey();
    const shares = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`share${19 - index}`, { sku: 'A', net: index }]),
    );
    const ask = async () => JSON.stringify((await idempotency(call(key), async () => ({ total: 1, shares }))).answer);
    const first = await ask();
    for (const _repetition of [1, 2, 3]) expect(await ask()).toBe(first);
  });

  test('it is refused with Retry-After while the first one is being answered', async () => {
    const key = newKey();
    let finish = () => {};
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = idempotency(call(key), () => {
      begun();
      return new Promise<{ orderId: string }>((resolve) => {
        finish = () => resolve({ orderId: 'order-1' });
      });
    });
    await running;
    const refusal = await idempotency(call(key), async () => ({ orderId: 'order-2' })).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ kind: 'idempotency-key-in-use', headers: { 'Retry-After': '1' } });
    finish();
    expect(await first).toMatchObject({ answer: { orderId: 'order-1' } });
  });

  test('it is refused when the key was used with another body', async () => {
    const key = newKey();
    await idempotency(call(key, 'one'), async () => ({ orderId: 'order-1' }));
    await expect(idempotency(call(key, 'two'), async () => ({ orderId: 'order-2' }))).rejects.toMatchObject({
      kind: 'idempotency-key-reused',
    });
  });

  test('a refused request leaves no record, so that a corrected one may use the key', async () => {
    const key = newKey();
    const refusal = new Problem(REQUEST_REFUSED, 'The catalogue does not list NO-SUCH.');
    const before = await records();
    await expect(
      idempotency(call(key, 'wrong'), async () => {
        throw refusal;
      }),
    ).rejects.toBe(refusal);
    expect(await records()).toBe(before);
    expect(await idempotency(call(key, 'right'), async () => ({ orderId: 'order-1' }))).toMatchObject({
      replayed: false,
    });
  });

  test('without a key every request is carried out, and no record is kept', async () => {
    const before = await records();
    let runs = 0;
    const work = async () => ({ orderId: `order-${(runs += 1)}` });
    await idempotency(call(undefined), work);
    expect(await idempotency(call(undefined), work)).toEqual({ answer: { orderId: 'order-2' }, replayed: false });
    expect(await records()).toBe(before);
  });
});

const records = async (): Promise<number> => {
  const { Count } = await DynamoDBDocumentClient.from(dynamoDb.client).send(
    new ScanCommand({ TableName: IDEMPOTENCY, ConsistentRead: true }),
  );
  return Count ?? 0;
};
