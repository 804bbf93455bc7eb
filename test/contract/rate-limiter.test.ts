import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbRateLimiter } from '../../functions/shared/rate-limit/dynamodb-rate-limiter.ts';
import { RateLimiterUnavailable } from '../../functions/shared/rate-limit/errors.ts';
import { LimiterWithFallback } from '../../functions/shared/rate-limit/limiter-with-fallback.ts';
import type { SharedRateLimiter } from '../../functions/shared/rate-limit/port.ts';
import { RATE_LIMIT_TABLES } from '../../functions/shared/rate-limit/tables.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryRateLimiter } from '../support/fakes/in-memory-rate-limiter.ts';
import { CountingMeter } from '../support/runtime/service-context.ts';
import { rateLimiterContract, sharedRateLimiterContract } from './rate-limiter.ts';

const RATE_LIMITS = ownTable('rate-limits');
const meter = new CountingMeter();
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb(meter);
  await dynamoDb.createTable(RATE_LIMITS, RATE_LIMIT_TABLES.rateLimits);
});

afterAll(() => dynamoDb?.close());

const onDynamoDb = (now: () => number, client = dynamoDb.client, tableName = RATE_LIMITS) =>
  new DynamoDbRateLimiter({ db: DynamoDBDocumentClient.from(client), tableName, timeoutMs: 5_000, now });

sharedRateLimiterContract('in memory', (now) => new InMemoryRateLimiter(now), { runs: 200 });
sharedRateLimiterContract('DynamoDB', onDynamoDb, { runs: 20 });
rateLimiterContract('with its fallback', (now) => withFallback(new InMemoryRateLimiter(now), now), { runs: 200 });

const withFallback = (shared: SharedRateLimiter, now: () => number) =>
  new LimiterWithFallback({ shared, patience: () => new Promise(() => {}), onUnavailable: () => {}, now });

describe('Rate limiter: DynamoDB, beyond the contract', () => {
  const NOW = Date.UTC(2026, 10, 21);
  const policy = { perSecond: 10, burst: 2 };
  const writes = () => meter.of('dynamodb.writeUnits', RATE_LIMITS);

  test.each([
    ['alone', 1, (now: () => number) => onDynamoDb(now)],
    ['with its fallback', 0, (now: () => number) => withFallback(onDynamoDb(now), now)],
  ])('costs a typical caller one write, a bursting one two, and a refused one, %s, %d', async (name, refused, make) => {
    let now = NOW;
    const limiter = make(() => now);
    const costs: number[] = [];
    for (const pause of [0, 100, 0, 0]) {
      now += pause;
      const before = writes();
      await limiter.take(`customer:costs ${name}`, policy);
      costs.push(writes() - before);
    }
    expect(costs).toEqual([1, 1, 2, refused]);
  });

  test('lets the table delete a bucket a minute after it is full again', async () => {
    await onDynamoDb(() => NOW).take('customer:forgotten', policy);
    const { Item } = await DynamoDBDocumentClient.from(dynamoDb.client).send(
      new GetCommand({ TableName: RATE_LIMITS, Key: { caller: 'customer:forgotten' } }),
    );
    expect(Item).toEqual({ caller: 'customer:forgotten', tat: NOW * 1_000 + 100_000, expires: NOW / 1_000 + 61 });
  });

  test('is unavailable without its table', async () => {
    await expect(
      onDynamoDb(() => NOW, dynamoDb.client, 'no-such-table').take('customer:C1', policy),
    ).rejects.toMatchObject({ name: 'RateLimiterUnavailable', cause: { name: 'ResourceNotFoundException' } });
  });

  describe('without an answer of its table', () => {
    let silent: Server;
    let calls = 0;

    beforeAll(async () => {
      silent = createServer(() => {
        calls += 1;
      }).listen(0, '127.0.0.1');
      await once(silent, 'listening');
    });

    afterAll(() => {
      silent.closeAllConnections();
      silent.close();
    });

    test('is unavailable as soon as its timeout is over, after one call', async () => {
      const config: DynamoDBClientConfig = {
        endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
        region: 'us-east-1',
        maxAttempts: 1,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      };
      const client = new DynamoDBClient(config);
      const limiter = new DynamoDbRateLimiter({
        db: DynamoDBDocumentClient.from(client),
        tableName: RATE_LIMITS,
        timeoutMs: 1_000,
        now: () => NOW,
      });
      await expect(limiter.take('customer:C1', policy)).rejects.toBeInstanceOf(RateLimiterUnavailable);
      expect(calls).toBe(1);
      client.destroy();
    });
  });
});
