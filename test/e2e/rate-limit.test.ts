import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { operatorClientConfig } from '../../launch/clients/operator.ts';
import { asCustomer } from '../support/api/tokens.ts';
import { testWith } from '../support/platform/capabilities.ts';
import { logOf } from '../support/platform/running.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { until } from '../support/run/eventually.ts';

const RATE = 2;
const BURST = 5;
const platform = suitePlatform({ limiter: { callers: { perSecond: RATE, burst: BURST } } });

const get = async (route: string, customer: string) =>
  fetch(`${platform.instance.url}/api/v1/${route}`, { headers: await asCustomer(platform.instance.url, customer) });
const list = (customer: string) => get(`orders/customer/${customer}`, customer);
const rateLimit = ({ headers }: Response) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`) ?? Number.NaN));

/** On a busy machine the limiter's table can answer too late, and nothing remains: then asks again, as a new customer. */
async function answerInTime(ask: (customer: string) => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(randomUUID());
    if (answer.headers.get('ratelimit-remaining') !== '0' || tries === 5) return answer;
  }
}

describe('A caller in a burst', () => {
  test('gets what burst and rate allow, then a refusal with the time to retry, and is accepted at that time', async () => {
    const begin = performance.now();
    let taken = 0;
    let refusal: Response | undefined;
    while (!refusal) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => list('C1')));
      taken += answers.filter((answer) => answer.status === 200).length;
      refusal = answers.find(({ status }) => status === 429);
    }
    const seconds = (performance.now() - begin) / 1_000;
    expect(taken).toBeGreaterThanOrEqual(BURST);
    // For each answer of the table that came too late, a function instance may have let one in.
    expect(taken).toBeLessThanOrEqual(BURST + RATE * seconds + (await metrics()));

    expect(refusal.headers.get('content-type')).toBe('application/problem+json');
    expect(await refusal.json()).toMatchObject({
      type: 'urn:waybill:problem:too-many-requests',
      status: 429,
      instance: '/api/v1/orders/customer/C1',
    });
    const [limit, remaining, reset] = rateLimit(refusal);
    expect([limit, remaining]).toEqual([BURST, 0]);
    expect(reset).toBeGreaterThanOrEqual(2);
    expect(reset).toBeLessThanOrEqual(BURST / RATE + 1);

    const retryAfter = Number(refusal.headers.get('retry-after'));
    expect(retryAfter).toBe(1);
    await sleep(retryAfter * 1_000);
    expect((await list('C1')).status).toBe(200);
  });

  test('does not slow other callers down, and the limit of callers does not hold for health', async () => {
    while ((await list('C2')).status !== 429);
    const other = await answerInTime(list);
    expect([other.status, ...rateLimit(other)]).toEqual([200, BURST, BURST - 1, 1]);
    const health = await Promise.all(
      Array.from({ length: 2 * BURST }, () => fetch(`${platform.instance.url}/api/v1/health`)),
    );
    expect(new Set(health.map(({ status }) => status))).toEqual(new Set([200]));
    expect(rateLimit(health[0]!)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test.each([
    ['a read', `orders/${randomUUID()}`],
    ['a history', `orders/${randomUUID()}/history`],
  ])('gets its remaining requests with a problem document, too: %s', async (_, route) => {
    const answer = await answerInTime((customer) => get(route, customer));
    expect([answer.status, ...rateLimit(answer)]).toEqual([404, BURST, BURST - 1, 1]);
  });

  test('gets its remaining requests when it places an order', async () => {
    const answer = await answerInTime(async (customer) =>
      fetch(`${platform.instance.url}/api/v1/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await asCustomer(platform.instance.url, customer)) },
        body: '{',
      }),
    );
    expect([answer.status, ...rateLimit(answer)]).toEqual([400, BURST, BURST - 1, 1]);
  });
});

testWith('few instances of a function')(
  'Without its table each function instance lets one request of a caller in, and the metric is in the log',
  async () => {
    const { RateLimitsTableName } = await platform.instance.outputs();
    const client = new DynamoDBClient(operatorClientConfig(platform.instance.endpointUrl));
    await client.send(new DeleteTableCommand({ TableName: RateLimitsTableName }));
    client.destroy();
    const before = await metrics();
    const answers = await Promise.all(Array.from({ length: 20 }, () => list('C5')));
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThanOrEqual(1);
    expect(taken.length).toBeLessThanOrEqual(4);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(rateLimit(answers.find(({ status }) => status === 429)!)).toEqual([BURST, 0, 50]);
    // A function's log is written a moment after its answer.
    await until('each answer has its metric', async () => (await metrics()) >= before + answers.length);
    expect(await metrics()).toBe(before + answers.length);
  },
);

/** How often the function has written, in the embedded metric format, that the limiter was unavailable. */
async function metrics(): Promise<number> {
  const lines = (await logOf(platform.instance, 'ListOrders')).split('\n').filter((line) => /^\{.*"_aws"/.test(line));
  return lines.filter((line) => (JSON.parse(line) as { RateLimiterUnavailable?: number }).RateLimiterUnavailable === 1)
    .length;
}
