import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carrierRoutes } from '../../../partners/carrier/server.ts';
import { MAX_BODY_BYTES } from '../../../partners/shared/http.ts';
import { type Served, serve } from './served.ts';

let partner: Served;
beforeEach(async () => {
  partner = await serve(carrierRoutes);
});
afterEach(async () => {
  expect(partner.reported).toEqual([]);
  await partner.close();
});

const PARCEL = {
  address: {
    name: 'Li Wei',
    street: '88 Nanjing Road',
    city: 'Shanghai',
    state: 'Shanghai',
    country: 'CN',
    postalCode: '200000',
  },
  parcels: [{ sku: 'MUG-BLUE', quantity: 2 }],
};
const healthy = () => partner.send('GET', '/health');

test('A partner is healthy', async () => {
  expect(await healthy()).toEqual({ status: 200, body: { status: 'ok' } });
});

test.each([
  ['GET', '/'],
  ['DELETE', '/v1/shipments/o-1'],
  ['GET', '/v1/shipments'],
  ['GET', '/v1/shipments/o-1/cancel'],
  ['POST', '/v1/shipments/o-1/steal'],
  ['GET', '/v1/shipments/a%20b'],
  ['GET', `/v1/shipments/${'x'.repeat(65)}`],
  ['GET', '/v1/shipments/../ledger/..'],
])('%s %s is no route of the protocol: 404', async (method, path) => {
  expect(await partner.send(method, path)).toEqual({ status: 404, body: { error: 'not-found' } });
});

test('A body that is not JSON is 400', async () => {
  expect(await partner.send('PUT', '/v1/shipments/o-1', '{"address":')).toEqual({
    status: 400,
    body: { error: 'malformed-json' },
  });
});

test('A body is accepted up to the limit and refused beyond it', async () => {
  const padded = (bytes: number) => JSON.stringify(PARCEL).padEnd(bytes, ' ');
  expect(await partner.send('PUT', '/v1/shipments/o-1', padded(MAX_BODY_BYTES))).toMatchObject({ status: 201 });
  expect(await partner.send('PUT', '/v1/shipments/o-2', padded(MAX_BODY_BYTES + 1))).toMatchObject({
    status: 413,
    body: { error: 'body-too-large' },
  });
  expect(await partner.send('GET', '/v1/shipments/o-2')).toMatchObject({ status: 404 });
});

test.each([
  ['bytes that are not HTTP', 'hello?\r\n\r\n'],
  [
    'a request that ends in the middle of its body',
    'PUT /v1/shipments/o-1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"address"',
  ],
])('%s harm nobody else', async (_, bytes) => {
  const socket = connect(Number(new URL(partner.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {}).resume();
  socket.end(bytes);
  await once(socket, 'close');
  expect(await healthy()).toMatchObject({ status: 200 });
  expect(await partner.send('GET', '/v1/shipments/o-1')).toMatchObject({ status: 404 });
});

test('The ledger is read in pages, in the order in which things happened', async () => {
  for (const key of ['o-1', 'o-2', 'o-3']) await partner.send('POST', `/v1/shipments/${key}/cancel`);
  const page = async (query: string) =>
    (await partner.send('GET', `/v1/ledger?${query}`)).body as {
      entries: { key: string; at: string }[];
      next?: number;
    };
  const first = await page('limit=2');
  expect(first.entries.map(({ key }) => key)).toEqual(['o-1', 'o-2']);
  expect(first.entries[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const rest = await page(`limit=2&after=${first.next}`);
  expect([rest.entries.map(({ key }) => key), rest.next]).toEqual([['o-3'], undefined]);
  expect((await page('key=o-2')).entries.map(({ key }) => key)).toEqual(['o-2']);
  expect(await partner.send('GET', '/v1/ledger?limit=0')).toMatchObject({ status: 400 });
});
