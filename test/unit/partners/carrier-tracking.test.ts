/** What the simulated carrier tells its merchant of parcels. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carrierRoutes } from '../../../partners/carrier/server.ts';
import { serveMerchant } from '../../support/payments/served-channel.ts';
import { type Served, serve } from './served.ts';

const SECRET = 'a'.repeat(64);
const ADDRESS = { name: 'Li Wei', street: '88 Nanjing Road', country: 'CN' };

let carrier: Served;
let merchant: Awaited<ReturnType<typeof serveMerchant>>;

beforeEach(async () => {
  [carrier, merchant] = await Promise.all([serve(carrierRoutes), serveMerchant({ status: 204, text: '' })]);
  await carrier.send('PUT', '/v1/shipments/o-1', { address: ADDRESS, parcels: [{ sku: 'TSHIRT', quantity: 1 }] });
});

afterEach(() => Promise.all([carrier.close(), merchant.close()]));

const track = (status: string, at?: string) => carrier.send('POST', '/v1/shipments/o-1/tracking', { status, at });
const listen = () => carrier.send('PUT', '/v1/notification-endpoint', { url: merchant.url, secret: SECRET });

describe('What becomes of a parcel', () => {
  test('is shown by its shipment and its ledger in the order in which it was said, whatever it is', async () => {
    await track('delivered', '2026-01-03T03:04:05.678Z');
    const { status, body } = await track('in_transit', '2026-01-02T03:04:05.678Z');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        status: 'booked',
        tracking: [
          { id: expect.stringMatching(/^trk_/), status: 'delivered', happenedAt: '2026-01-03T03:04:05.678Z' },
          { id: expect.stringMatching(/^trk_/), status: 'in_transit', happenedAt: '2026-01-02T03:04:05.678Z' },
        ],
      },
    });
    expect(await carrier.send('GET', '/v1/shipments/o-1')).toEqual({ status, body });
    expect(await carrier.books('o-1')).toMatchObject([{ kind: 'booking' }, { kind: 'tracking' }, { kind: 'tracking' }]);
  });

  test('is said of parcels alone that are booked, and in words that there are', async () => {
    expect(await carrier.send('POST', '/v1/shipments/o-2/tracking', { status: 'lost' })).toMatchObject({ status: 404 });
    expect(await track('eaten')).toMatchObject({ status: 400 });
    await carrier.send('POST', '/v1/shipments/o-1/cancel');
    expect(await track('lost')).toMatchObject({ status: 409, body: { error: 'not-booked' } });
  });

  test('is told to the merchant, signed with the key that they share', async () => {
    await listen();
    const { body } = await track('in_transit', '2026-01-02T03:04:05.678Z');
    const { tracking, trackingNumber } = body as { tracking: { id: string }[]; trackingNumber: string };
    const { headers, text } = await merchant.next();
    expect(JSON.parse(text)).toEqual({
      id: tracking[0]!.id,
      key: 'o-1',
      trackingNumber,
      status: 'in_transit',
      at: '2026-01-02T03:04:05.678Z',
    });
    const [, timestamp, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['carrier-signature']))!;
    expect(signature).toBe(createHmac('sha256', SECRET).update(`${timestamp}.${text}`).digest('hex'));
    expect(Math.abs(Date.now() / 1_000 - Number(timestamp))).toBeLessThan(60);
  });

  test('is told to nobody before the merchant has said where', async () => {
    await track('in_transit');
    expect(await carrier.send('GET', '/v1/notifications')).toMatchObject({ body: { notifications: [] } });
  });
});
