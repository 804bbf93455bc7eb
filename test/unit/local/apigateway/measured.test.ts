import { afterEach, expect, test } from 'vitest';
import { ok, type ServedApi, serve } from './served-api.ts';

let api: ServedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

/** Of what dimensions requests were counted, and how many of them answered with a 5xx. */
const counted = () => {
  const { measured } = api!.ctx;
  const of = (wanted: string) => measured.filter(({ name }) => name === wanted);
  return {
    requests: of('Count').map(({ dimensions }) => dimensions),
    failed: of('5XXError').map(({ value }) => value),
  };
};
const methods = { 'GET /orders/{id}': {}, 'POST /orders': {} };

test('The requests of a method that is measured apart are counted for it, and for the API', async () => {
  api = await serve(methods, () => ({ statusCode: 502, body: '' }), {
    measured: [{ path: '/orders', httpMethod: 'POST' }],
  });
  await fetch(`${api.url}/orders`, { method: 'POST' });
  await fetch(`${api.url}/orders/1`);
  await fetch(`${api.url}/nowhere`);
  const { requests, failed } = counted();
  const [{ ApiName, Stage } = {}] = requests.filter(({ Method }) => Method !== undefined);
  expect(requests).toEqual([
    { ApiName },
    { ApiName, Resource: '/orders', Method: 'POST', Stage },
    { ApiName },
    { ApiName },
  ]);
  expect(Stage).toBeTruthy();
  expect(failed).toEqual([1, 1, 1, 0]);
});

test.each([
  ['all methods', [{ path: '/*', httpMethod: '*' }], 2],
  ['no method', [], 1],
])('With metrics for %s', async (_, measured, count) => {
  api = await serve(methods, () => ok(), { measured });
  await fetch(`${api.url}/orders/7`);
  const { requests } = counted();
  expect(requests).toHaveLength(count);
  if (count > 1) expect(requests[1]).toMatchObject({ Resource: '/orders/{id}', Method: 'GET' });
});
