import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carrierRoutes } from '../../../partners/carrier/server.ts';
import { type Served, serve } from './served.ts';

const ADDRESS = {
  name: 'Li Wei',
  street: '88 Nanjing Road',
  city: 'Shanghai',
  state: 'Shanghai',
  country: 'CN',
  postalCode: '200000',
};
const PARCELS = [
  { sku: 'MUG-BLUE', quantity: 2 },
  { sku: 'TSHIRT', quantity: 1 },
];
const booked = {
  shipmentId: expect.stringMatching(/^shp_/),
  trackingNumber: expect.stringMatching(/^SX[0-9A-F]{12}$/),
  carrier: 'Simulated Express',
  revision: 1,
  service: 'standard',
  cost: { amount: 1_200, currency: 'CNY' },
  estimatedDeliveryAt: expect.stringMatching(/^\d{4}-.*Z$/),
};

let carrier: Served;
beforeEach(async () => {
  carrier = await serve(carrierRoutes);
});
afterEach(() => carrier.close());

const book = (postalCode = '200000', parcels: unknown = PARCELS, revision?: number) =>
  carrier.send('PUT', '/v1/shipments/o-1', { address: { ...ADDRESS, postalCode }, parcels, revision });
const ask = () => carrier.send('GET', '/v1/shipments/o-1');
const cancel = () => carrier.send('POST', '/v1/shipments/o-1/cancel');

describe('A booking', () => {
  test('is 201, and 200 with the same shipment when it is repeated', async () => {
    const first = await book();
    expect(first).toEqual({ status: 201, body: { key: 'o-1', status: 'booked', ...booked } });
    expect(await book()).toEqual({ ...first, status: 200 });
    expect(await ask()).toEqual({ ...first, status: 200 });
    expect(await carrier.books('o-1')).toEqual([{ kind: 'booking', ...booked, quantity: 3 }]);
  });

  test.each([
    ['another address', '100000', PARCELS],
    ['other parcels', '200000', [{ sku: 'TSHIRT', quantity: 1 }]],
  ])('of %s at the same revision is 422', async (_, postalCode, parcels) => {
    await book();
    expect(await book(postalCode, parcels)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await carrier.books('o-1')).toHaveLength(1);
  });

  test('of a higher revision replaces it under the same shipment id; a lower one is superseded', async () => {
    const { body } = await book();
    expect(await book('100000', [{ sku: 'TSHIRT', quantity: 4 }], 3)).toEqual({
      status: 200,
      body: { ...(body as object), revision: 3, estimatedDeliveryAt: booked.estimatedDeliveryAt },
    });
    expect(await book()).toMatchObject({ status: 409, body: { error: 'superseded' } });
    expect(await book('200000', PARCELS, 3)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await carrier.books('o-1')).toEqual([
      { kind: 'booking', ...booked, quantity: 3 },
      { kind: 'rebooking', ...booked, revision: 3, quantity: 4 },
    ]);
  });

  test('is of the service that it names, at its price and in its time', async () => {
    const before = Date.now();
    const request = { address: ADDRESS, parcels: PARCELS, service: 'express' };
    const { body } = await carrier.send('PUT', '/v1/shipments/o-2', request);
    expect(body).toMatchObject({ service: 'express', cost: { amount: 2_800, currency: 'CNY' } });
    const { estimatedDeliveryAt } = body as { estimatedDeliveryAt: string };
    expect(Date.parse(estimatedDeliveryAt)).toBeGreaterThanOrEqual(before + 86_400_000);
    expect(await carrier.send('PUT', '/v1/shipments/o-3', { ...request, service: 'drone' })).toMatchObject({
      status: 400,
    });
  });

  test('of a higher revision to 000000 is refused and ends the one that was there', async () => {
    await book();
    expect(await book('000000', PARCELS, 2)).toEqual({ status: 422, body: { error: 'address-refused' } });
    expect(await ask()).toEqual({ status: 200, body: { key: 'o-1', status: 'refused' } });
    expect(await carrier.books('o-1')).toEqual([
      { kind: 'booking', ...booked, quantity: 3 },
      { kind: 'refusal', shipmentId: booked.shipmentId },
    ]);
  });

  test('to 000000 is refused for good, and there is nothing to cancel', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await book('000000')).toEqual({ status: 422, body: { error: 'address-refused' } });
    }
    expect(await cancel()).toEqual({ status: 200, body: { key: 'o-1', status: 'refused' } });
    expect(await carrier.books('o-1')).toEqual([{ kind: 'refusal' }]);
  });

  test('to 888888 is made at once, and answered a second later', async () => {
    const begun = performance.now();
    let isAnswered = false;
    const answer = book('888888').finally(() => {
      isAnswered = true;
    });
    while ((await ask()).status === 404) expect(isAnswered).toBe(false);
    expect(isAnswered).toBe(false);
    expect(await answer).toMatchObject({ status: 201 });
    expect(performance.now() - begun).toBeGreaterThan(950);
  });

  test('to 999999 is always 503, while asking and cancelling work', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      expect(await book('999999')).toEqual({ status: 503, body: { error: 'unavailable' } });
    }
    expect(await ask()).toEqual({ status: 404, body: { error: 'unknown-shipment' } });
    expect(await cancel()).toEqual({ status: 200, body: { key: 'o-1', status: 'withdrawn' } });
  });
});

describe('A cancellation', () => {
  test('calls a booking off once, and nothing is booked afterwards', async () => {
    await book();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await cancel()).toEqual({ status: 200, body: { key: 'o-1', status: 'cancelled', ...booked } });
    }
    expect(await book()).toEqual({ status: 409, body: { error: 'withdrawn' } });
    expect(await carrier.books('o-1')).toEqual([
      { kind: 'booking', ...booked, quantity: 3 },
      { kind: 'cancellation', shipmentId: booked.shipmentId },
    ]);
  });

  test('of nothing is a withdrawal, which refuses the booking that comes later', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await cancel()).toEqual({ status: 200, body: { key: 'o-1', status: 'withdrawn' } });
    }
    expect(await ask()).toEqual({ status: 200, body: { key: 'o-1', status: 'withdrawn' } });
    expect(await book()).toEqual({ status: 409, body: { error: 'withdrawn' } });
    expect(await carrier.books('o-1')).toEqual([{ kind: 'withdrawal' }]);
  });
});

test('The books hold no address', async () => {
  await book();
  await cancel();
  expect(JSON.stringify(await carrier.send('GET', '/v1/ledger'))).not.toMatch(/Li Wei|Nanjing|200000/);
});

test.each([
  ['no parcels', { address: ADDRESS, parcels: [] }],
  ['half a mug', { address: ADDRESS, parcels: [{ sku: 'MUG-BLUE', quantity: 0.5 }] }],
  ['no street', { address: { ...ADDRESS, street: '' }, parcels: PARCELS }],
  ['no body', undefined],
])('A booking with %s is 400 and not carried out', async (_, body) => {
  expect(await carrier.send('PUT', '/v1/shipments/o-1', body)).toMatchObject({
    status: 400,
    body: { error: 'invalid-request' },
  });
  expect(await ask()).toMatchObject({ status: 404 });
});
