import { afterEach, describe, expect, test } from 'vitest';
import { ok, type ServedApi, serve } from './served-api.ts';

let api: ServedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const get = async (path: string): Promise<number> => (await fetch(`${api!.url}${path}`)).status;

describe("A stage's limits for its methods", () => {
  test('let in what a full bucket holds, then what refills it, and the rest is 429 and reaches no function', async () => {
    api = await serve({ 'GET /health': {} }, () => ok(), {
      methodLimits: [{ path: '/health', httpMethod: 'GET', perSecond: 2, burst: 3 }],
    });
    const statuses = async (count: number) => {
      const answers = [];
      for (let each = 0; each < count; each += 1) answers.push(await get('/health'));
      return answers;
    };
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    api.clock.advance(499);
    expect(await statuses(1)).toEqual([429]);
    api.clock.advance(1);
    expect(await statuses(2)).toEqual([200, 429]);
    api.clock.advance(60_000);
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect(api.events).toHaveLength(7);
  });

  test('are those of all methods, one bucket for each, where a method has none of its own', async () => {
    api = await serve({ 'GET /orders/{id}': {}, 'GET /alarms': {}, 'GET /health': {} }, () => ok(), {
      methodLimits: [
        { path: '/*', httpMethod: '*', perSecond: 1, burst: 1 },
        { path: '/health', httpMethod: 'GET', perSecond: 1, burst: 2 },
      ],
    });
    expect([await get('/orders/1'), await get('/orders/2'), await get('/alarms')]).toEqual([200, 429, 200]);
    expect([await get('/health'), await get('/health'), await get('/health')]).toEqual([200, 200, 429]);
  });

  test('are not there when the stage has none', async () => {
    api = await serve({ 'GET /health': {} });
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => get('/health'))))).toEqual(new Set([200]));
  });
});
