import '../support/platform/function-environment.ts';
import { expect, test } from 'vitest';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { shipmentIdOf } from '../../functions/shared/kernel/shipment-id.ts';
import { line, ORDER_ID } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';
import { type OrderRace, orderRace, type Pace } from '../support/saga/order-race.ts';

const ARTICLES = ['A', 'B'] as const;
const STOCK = 5;

/** Up to five units of each article at ¥1.00: five is all there is, six are too many. */
const wanted = fc
  .record({ A: fc.nat({ max: 6 }), B: fc.nat({ max: 6 }) })
  .filter(({ A, B }) => A + B > 0)
  .map((units) =>
    ARTICLES.filter((article) => units[article] > 0).map((article) => line(article, units[article], 100)),
  );
const token = fc.oneof(
  { weight: 3, arbitrary: fc.constant('tok_ok') },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }).map((units) => `tok_limit_${units * 100}`) },
);
const limitOf = (card: string): number => (card === 'tok_ok' ? Infinity : Number(card.split('_').at(-1)));
/** What customers do while the saga runs. */
const interference = fc.record({ changes: fc.array(wanted, { maxLength: 2 }), cancels: fc.boolean() });

const unitsOf = (lines: readonly { readonly sku: Sku; readonly quantity: number }[]) =>
  lines.map(({ sku, quantity }) => ({ sku, quantity }));

/** Stock, money and parcel are as the stream says: done exactly once for the current items, or undone. */
async function expectConsistent(race: OrderRace): Promise<string> {
  const order = await race.order();
  const events = await race.events();
  expect(order.itemsChange).toBeUndefined();
  const count = (type: string) => events.filter((each) => each === type).length;
  expect(count('ItemsChanged') + count('ItemsChangeRefused')).toBe(count('ItemsChangeRequested'));

  const [reservation, payment, shipment] = await Promise.all([
    race.inventory.find(ORDER_ID),
    race.gateway.find(ORDER_ID),
    race.carrier.find(shipmentIdOf(ORDER_ID, 1)),
  ]);
  const held = reservation.status === 'held' ? reservation.lines : [];
  for (const sku of ARTICLES) {
    const reserved = held.find((units) => units.sku === sku)?.quantity ?? 0;
    expect(race.inventory.stockOf(sku)).toEqual({ available: STOCK - reserved, reserved });
  }
  if (order.status === 'processing') {
    expect(held).toEqual(unitsOf(order.lines));
    expect(payment).toMatchObject({ status: 'captured', amount: order.total, refunds: [] });
    expect(shipment.status).toBe('booked');
    expect(race.carrier.bookedFor(ORDER_ID)?.items).toEqual(unitsOf(order.lines));
  } else {
    expect(order.status).toBe('cancelled');
    expect(held).toEqual([]);
    expect(['none', 'declined', 'voided', 'closed', 'refunded']).toContain(payment.status);
    expect(shipment.status).not.toBe('booked');
  }
  return order.status;
}

test('Changes of items and a cancellation at any moment leave an order that is done exactly once for its items, or undone', async () => {
  const ends = { processing: 0, cancelled: 0, changed: 0, refused: 0, raised: 0 };
  await fc.assert(
    fc.asyncProperty(
      wanted,
      token,
      interference,
      fc.scheduler(),
      async (lines, card, { changes, cancels }, scheduler) => {
        const pace: Pace = (target) =>
          new Proxy(target, {
            get: (of, name) => {
              const member: unknown = Reflect.get(of, name);
              return typeof member === 'function'
                ? scheduler.scheduleFunction(member.bind(of) as () => Promise<unknown>)
                : member;
            },
          });
        const race = await orderRace(pace, { lines, token: card });
        for (const sku of ARTICLES) race.inventory.stock(sku, STOCK);

        const all = Promise.all([
          race.runOrderSaga(),
          ...changes.map((change) => race.changeItems(change)),
          ...(cancels ? [race.requestCancellation()] : []),
        ]);
        await scheduler.waitFor(all);
        if ((await race.order()).status === 'cancelling') await scheduler.waitFor(race.undoAll());

        const end = await expectConsistent(race);
        // No change may end the order that the customer had.
        const total = lines.reduce((sum, { net }) => sum + net.amount, 0);
        const isPossible = total <= limitOf(card) && lines.every(({ quantity }) => quantity <= STOCK);
        if (isPossible && !cancels) expect(end).toBe('processing');
        const events = await race.events();
        ends[end as 'processing'] += 1;
        if (events.includes('ItemsChanged')) ends.changed += 1;
        if (events.includes('ItemsChangeRefused')) ends.refused += 1;
        if (race.gateway.movements(ORDER_ID).includes('adjustment')) ends.raised += 1;
      },
    ),
    { numRuns: 600 },
  );
  // Every kind of end occurred, so that the property covers it.
  for (const seen of Object.values(ends)) expect(seen).toBeGreaterThan(10);
});
