import { beforeAll, expect, test } from 'vitest';
import { getOrder, parkedOrder } from '../support/api/order-requests.ts';
import { testWith } from '../support/platform/capabilities.ts';
import { readLedger, sumOf } from '../support/platform/partners.ts';
import { inventoryItem, orderIdsInLog, parkedEvents } from '../support/platform/stored.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { eventually } from '../support/run/eventually.ts';
import { cancelledAtAnyTime } from './cancelling/at-any-time.ts';
import { cancelledAtEveryMoment } from './cancelling/at-every-moment.ts';
import { AUTHORISED, CAPTURED, Cancellations, PRICE, REFUNDED, VOIDED } from './cancelling/cancellations.ts';
import { cancellationRequests } from './cancelling/requests.ts';

const platform = suitePlatform();
const cancellations = new Cancellations(platform);

/** The gateway refunds nothing to this card. Cancelled first, since the saga retries the refund for a while. */
let parked: string;
beforeAll(async () => {
  parked = await cancellations.confirmed({ token: 'tok_refund_fails' });
  await cancellations.cancel(parked);
});

cancelledAtEveryMoment(cancellations);
cancellationRequests(platform, cancellations);
cancelledAtAnyTime(platform, cancellations);

testWith('a platform that is killed and goes on')(
  'After a kill -9 in the middle of cancellations and a restart, each of them ends',
  async () => {
    const [refunding, asked] = await Promise.all([
      cancellations.confirmed({ token: 'tok_slow' }),
      cancellations.confirmed(),
    ]);
    const capturing = await cancellations.place({ token: 'tok_slow' });
    await cancellations.untilMoneyMoved(capturing, 'capture');
    await cancellations.cancel(capturing);
    const authorising = await cancellations.place({ token: 'tok_slow' });
    await Promise.all([
      cancellations.untilMoneyMoved(authorising, 'authorisation').then(() => cancellations.cancel(authorising)),
      cancellations.cancel(refunding).then(() => cancellations.untilMoneyMoved(refunding, 'refund')),
    ]);
    await cancellations.cancel(asked);
    await platform.embedded.killAndRestart();

    expect((await cancellations.outcome(authorising)).money).toEqual([AUTHORISED, VOIDED]);
    for (const orderId of [capturing, refunding, asked]) {
      expect(await cancellations.outcome(orderId)).toMatchObject({
        money: [AUTHORISED, CAPTURED, REFUNDED],
        parcels: ['booking', 'cancellation'],
      });
    }
  },
);

test('A refund that keeps failing is parked for an operator, and the rest of the order is undone', async () => {
  const order = await parkedOrder(platform.instance.url, parked);
  expect(order).toMatchObject({
    status: 'cancelled',
    reason: 'customer_request',
    parked: true,
    payment: { status: 'captured' },
  });
  expect([await cancellations.money(parked), await cancellations.parcels(parked)]).toEqual([
    [AUTHORISED, CAPTURED],
    ['booking', 'cancellation'],
  ]);
  expect((await inventoryItem(platform.instance, `ORDER#${parked}`))?.status).toBe('released');
  const parkedNow = await parkedEvents(platform.instance);
  expect(parkedNow.map(({ type, orderId, data }) => [type, orderId, data.step])).toEqual([
    ['TaskOpened', parked, 'VoidPayment'],
  ]);
});

test('In the end, money, stock and parcels are exactly those of the orders that were not cancelled', async () => {
  const ids = await orderIdsInLog(platform.instance);
  const orders = await Promise.all(ids.map((orderId) => getOrder(platform.instance.url, orderId)));
  expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['cancelled', 'processing', 'shipped']));
  const kept = orders.filter(({ status }) => status !== 'cancelled');

  const entries = (await Promise.all(ids.map((orderId) => readLedger(platform.instance.gatewayUrl, orderId)))).flat();
  const owed = kept.reduce((sum, { total }) => sum + total.amount, 0) + PRICE; // The parked refund, which a person has to make.
  expect(sumOf(entries, 'capture') - sumOf(entries, 'refund')).toBe(owed);
  expect(sumOf(entries, 'authorisation') - sumOf(entries, 'void') - sumOf(entries, 'refund')).toBe(owed);
  const shipments = (await Promise.all(ids.map((orderId) => cancellations.parcels(orderId)))).flat();
  const count = (kind: string) => shipments.filter((each) => each === kind).length;
  expect(count('booking') - count('cancellation')).toBe(kept.length);
  const unitsOf = (those: typeof kept) =>
    those.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
  const left = unitsOf(kept.filter(({ status }) => status === 'shipped'));
  expect(left).toBeGreaterThan(0);
  const stock = await eventually('a sale for each parcel that left', async () => {
    const item = await inventoryItem(platform.instance, 'SKU#TSHIRT');
    return item?.sold === left ? item : undefined;
  });
  expect(stock).toMatchObject({ available: 1_000_000 - unitsOf(kept), reserved: unitsOf(kept) - left });
});
