import { describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { finalOrder, getOrder, historyTypes, orderBody, place, post } from '../support/api/order-requests.ts';
import { asOperator } from '../support/api/tokens.ts';
import { readLedger, sumOf } from '../support/platform/partners.ts';
import { inventoryItem } from '../support/platform/stored.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { eventually } from '../support/run/eventually.ts';
import { audit } from './orders/audit.ts';
import { badInput } from './orders/bad-input.ts';
import { bankTransfers } from './orders/bank-transfers.ts';
import { busesAndQueues } from './orders/buses-and-queues.ts';
import { cardChallenges } from './orders/card-challenges.ts';
import { credentials } from './orders/credentials.ts';
import { demoOrders } from './orders/demo-orders.ts';
import { erasure } from './orders/erasure.ts';
import { figures } from './orders/figures.ts';
import { forgedEvents } from './orders/forged-events.ts';
import { logs } from './orders/logs.ts';
import { messages } from './orders/messages.ts';
import { privacy } from './orders/privacy.ts';
import { queries } from './orders/queries.ts';
import { shopFiles } from './orders/shop-files.ts';
import { stepFunctions } from './orders/step-functions.ts';
import { traces } from './orders/traces.ts';
import { walletPayments } from './orders/wallet-payments.ts';

const platform = suitePlatform();

describe('An order on the whole platform', () => {
  test('is accepted with 202 and a Location, is readable at once, and ends processing, charged and shipped exactly once', async () => {
    const answer = await post(
      platform.instance.url,
      orderBody({
        items: [
          { sku: 'TSHIRT', quantity: 2 },
          { sku: 'COFFEE-1KG', quantity: 1 },
        ],
      }),
    );
    const { orderId } = (await answer.json()) as { orderId: string };
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/v1/orders/${orderId}`);
    await getOrder(platform.instance.url, orderId);

    const order = await finalOrder(platform.instance.url, orderId);
    expect(order).toMatchObject({
      status: 'processing',
      parked: false,
      total: { amount: 2 * 12_900 + 8_800, currency: 'CNY' },
    });
    expect(order.payment.status).toBe('captured');
    expect(order.shipment.trackingNumber).toBeTruthy();
    expect(await historyTypes(platform.instance.url, orderId)).toEqual([
      'OrderCreated',
      'InventoryReserved',
      'PaymentAuthorised',
      'ShipmentsPlanned',
      'ShipmentArranged',
      'PaymentCaptured',
      'OrderConfirmed',
    ]);
    const payments = await readLedger(platform.instance.gatewayUrl, orderId);
    expect(sumOf(payments, 'authorisation')).toBe(34_600);
    expect(sumOf(payments, 'capture')).toBe(34_600);
    expect((await readLedger(platform.instance.carrierUrl, orderId)).map(({ kind }) => kind)).toEqual(['booking']);
  });
});

messages(platform);
privacy(platform);
forgedEvents(platform);
credentials(platform);

describe('An order with discount codes', () => {
  const cny = (amount: number) => ({ amount, currency: 'CNY' });

  test('shows what each line was given, and the gateway holds and takes exactly the discounted total', async () => {
    const items = [
      { sku: 'TSHIRT', quantity: 3 },
      { sku: 'COFFEE-1KG', quantity: 1 },
    ];
    const order = await finalOrder(
      platform.instance.url,
      await place(platform.instance.url, { items, discountCodes: ['BLACK-FRIDAY', 'TEN-PERCENT'] }),
    );
    expect(order).toMatchObject({
      status: 'processing',
      subtotal: cny(47_500),
      // One T-shirt free and ¥20.00 off, then a tenth of what is left.
      discounts: [
        { code: 'BLACK-FRIDAY', amount: cny(12_900 + 2_000) },
        { code: 'TEN-PERCENT', amount: cny(3_260) },
      ],
      total: cny(29_340),
      items: [
        {
          sku: 'TSHIRT',
          unitPrice: cny(12_900),
          lineTotal: cny(38_700),
          discount: cny(12_900 + 1_491 + 2_431),
          net: cny(21_878),
        },
        { sku: 'COFFEE-1KG', unitPrice: cny(8_800), lineTotal: cny(8_800), discount: cny(509 + 829), net: cny(7_462) },
      ],
    });
    const payments = await readLedger(platform.instance.gatewayUrl, order.orderId);
    expect(payments.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['authorisation', 29_340],
      ['capture', 29_340],
    ]);
  });
});

demoOrders(platform);
badInput(platform);
queries(platform);
stepFunctions(platform);
busesAndQueues(platform);
logs(platform);
traces(platform);
figures(platform);
shopFiles(platform);

test('Health is for everybody; operators see every dependency and its state', async () => {
  const open = await callApi(platform.instance.url, '/health');
  expect([open.status, open.headers.get('cache-control'), await open.json()]).toEqual([
    200,
    'public, max-age=10',
    { status: 'ok' },
  ]);
  const headers = await asOperator(platform.instance.url, 'orders:read');
  // On a busy machine a dependency may answer too late for one look.
  const health = await eventually('every dependency answers in time', async () => {
    const answer = await callApi(platform.instance.url, '/health/dependencies', { headers });
    expect(answer.status).toBe(200);
    const seen = (await answer.json()) as { status: string; dependencies: { name: string; status: string }[] };
    return seen.status === 'ok' ? seen : undefined;
  });
  expect(health.dependencies.length).toBeGreaterThanOrEqual(5);
  expect(new Set(health.dependencies.map(({ status }) => status))).toEqual(new Set(['ok']));
});

test('Of 20 concurrent orders for the one grinder exactly one wins', async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => place(platform.instance.url, { items: [{ sku: 'GRINDER', quantity: 1 }] })),
  );
  const orders = await Promise.all(ids.map((orderId) => finalOrder(platform.instance.url, orderId)));
  expect(orders.filter(({ status }) => status === 'processing')).toHaveLength(1);
  expect(orders.filter(({ reason }) => reason === 'out_of_stock')).toHaveLength(19);
  expect(await inventoryItem(platform.instance, 'SKU#GRINDER')).toMatchObject({ available: 0, reserved: 1 });
});

walletPayments(platform);
bankTransfers(platform);
cardChallenges(platform);
erasure(platform);
audit(platform);
