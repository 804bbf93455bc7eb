/** A payment gateway that goes away for a while costs no order; one that stays away for too long leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PartnerProcess, startPartner } from '../../launch/platform/partner-process.ts';
import { finalOrder, getOrder, historyTypes, place } from '../support/api/order-requests.ts';
import { type Door, doorTo } from '../support/partners/door.ts';
import { kindsOf, readLedger, sumOf } from '../support/platform/partners.ts';
import { inventoryItem } from '../support/platform/stored.ts';
import { embeddedPlatform } from '../support/platform/suite-platform.ts';
import { until } from '../support/run/eventually.ts';

const WINDOW_SECONDS = 25;
const ORDERS = 6;
const environment: NodeJS.ProcessEnv = {
  WAYBILL_CONFIGURATION: JSON.stringify({
    breaker: { openSeconds: 2 },
    recovery: { paymentWindowSeconds: WINDOW_SECONDS, platformRetrySeconds: 1 },
    limiter: { callers: { perSecond: 1_000, burst: 1_000 } },
  }),
};
let gateway: PartnerProcess;
let door: Door;

// Before the platform starts: it has to know the address.
beforeAll(async () => {
  gateway = await startPartner({ name: 'payment-gateway' });
  door = await doorTo(gateway.url);
  environment.WAYBILL_PAYMENT_GATEWAY_URL = `http://127.0.0.1:${door.port}`;
});

const platform = embeddedPlatform(environment);
afterAll(() => Promise.all([door.close(), gateway.close()]));

const placed = () => Promise.all(Array.from({ length: ORDERS }, () => place(platform.instance.url, {})));
const reserved = async () => (await inventoryItem(platform.instance, 'SKU#MUG-BLUE'))?.reserved;

const untilDelayed = (orderId: string): Promise<void> =>
  until(`${orderId} is delayed`, async () =>
    (await historyTypes(platform.instance.url, orderId)).includes('StepDelayed'),
  );

describe('Orders that are placed while the payment gateway is away', () => {
  test('wait, and are all confirmed when it is back, each charged once', async () => {
    await door.close();
    const orders = await placed();
    await Promise.all(orders.map(untilDelayed));
    await door.open();
    for (const orderId of orders) {
      expect(await finalOrder(platform.instance.url, orderId)).toMatchObject({ status: 'processing', parked: false });
      expect(kindsOf(await readLedger(gateway.url, orderId))).toEqual(['authorisation', 'capture']);
    }
  });

  test('are cancelled at the end of the payment window when it stays away, and nothing is held or left to people', async () => {
    const before = await reserved();
    await door.close();
    const orders = await placed();
    for (const orderId of orders) {
      expect(await finalOrder(platform.instance.url, orderId)).toMatchObject({
        status: 'cancelled',
        reason: 'payment_unavailable',
        parked: false,
      });
    }
    await door.open();
    for (const orderId of orders) {
      const types = await historyTypes(platform.instance.url, orderId);
      expect(types).toContain('InventoryReleased');
      expect(types).not.toContain('TaskOpened');
      expect(await getOrder(platform.instance.url, orderId)).toMatchObject({ parked: false });
      expect(sumOf(await readLedger(gateway.url, orderId), 'capture')).toBe(0);
    }
    expect(await reserved()).toBe(before);
  });
});
