/** A payment gateway that goes away for a while costs no order. What becomes of orders when it stays away is in `customer-time.test.ts`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PartnerProcess, startPartner } from '../../launch/platform/partner-process.ts';
import { finalOrder, historyTypes, place } from '../support/api/order-requests.ts';
import { type Door, doorTo } from '../support/partners/door.ts';
import { kindsOf, readLedger } from '../support/platform/partners.ts';
import { embeddedPlatform } from '../support/platform/suite-platform.ts';
import { until } from '../support/run/eventually.ts';

const ORDERS = 6;
const environment: NodeJS.ProcessEnv = {
  WAYBILL_CONFIGURATION: JSON.stringify({
    breaker: { openSeconds: 2 },
    recovery: { platformRetrySeconds: 1 },
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

const untilDelayed = (orderId: string): Promise<void> =>
  until(`${orderId} is delayed`, async () =>
    (await historyTypes(platform.instance.url, orderId)).includes('StepDelayed'),
  );

test('Orders that are placed while the payment gateway is away wait, and are all confirmed when it is back, each charged once', async () => {
  await door.close();
  const orders = await placed();
  await Promise.all(orders.map(untilDelayed));
  await door.open();
  for (const orderId of orders) {
    expect(await finalOrder(platform.instance.url, orderId)).toMatchObject({ status: 'processing', parked: false });
    expect(kindsOf(await readLedger(gateway.url, orderId))).toEqual(['authorisation', 'capture']);
  }
});
