/** Whatever carriers tell, and whenever the rest of an order's way comes: milestones only move forward, and what was late stays late. */
import { expect, test } from 'vitest';
import { decide } from '../../functions/orders/domain/decide/decide.ts';
import { evolve, fold } from '../../functions/orders/domain/evolve.ts';
import { MILESTONES, type Milestone, milestonesOf } from '../../functions/orders/domain/milestones.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { TRACKED_STATUSES } from '../../functions/shipping/domain/tracking.ts';
import { FIRST, IN_TWO_PARCELS, SECOND, tracked } from '../support/orders/parcels.ts';
import { EVENTS, newEvent, ORDER_ID, START, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const HOUR_S = 3_600;
const timeAt = (hours: number) => new Date(START + hours * HOUR_S * 1_000).toISOString();
const PROMISED = { confirmed: timeAt(4), shipped: timeAt(8), delivered: timeAt(20) };
const BOOKED = fold(
  streamOf(
    IN_TWO_PARCELS.slice(0, -1).map((event) =>
      event.type === 'OrderCreated' ? { ...event, data: { ...event.data, promised: PROMISED } } : event,
    ),
  ),
) as ExistingOrder;

const shipmentId = fc.constantFrom(FIRST, SECOND);
const act = fc.oneof(
  {
    arbitrary: fc.record({
      act: fc.constant('tell' as const),
      shipmentId,
      status: fc.constantFrom(...TRACKED_STATUSES),
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ act: fc.constant('follow' as const), shipmentId }), weight: 4 },
  { arbitrary: fc.record({ act: fc.constant('confirm' as const) }), weight: 2 },
  { arbitrary: fc.record({ act: fc.constantFrom('cancel' as const, 'refund' as const) }), weight: 1 },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;
/** Each a few hours after the one before. */
const way = fc.array(fc.tuple(act, fc.nat(3)), { maxLength: 25 });

function eventsOf(order: ExistingOrder, one: Act, hours: number): readonly OrderEvent[] {
  switch (one.act) {
    case 'tell':
      return [tracked(one.shipmentId, one.status, hours * HOUR_S)];
    case 'follow':
      return decided(order, { type: 'FollowShipment', orderId: ORDER_ID, shipmentId: one.shipmentId });
    case 'confirm':
      return decided(order, { type: 'ConfirmOrder', orderId: ORDER_ID });
    case 'cancel':
      if (order.status === 'cancelling') return [EVENTS.cancelled];
      return decided(order, { type: 'RequestCancellation', orderId: ORDER_ID, reason: 'customer_request' });
    case 'refund':
      return order.payment.status === 'captured' && order.status === 'shipped'
        ? [{ type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: order.total } }]
        : [];
  }
}

function decided(order: ExistingOrder, command: Parameters<typeof decide>[1]): readonly OrderEvent[] {
  const decision = decide(order, command);
  return decision.ok ? decision.value : [];
}

const metIn = (milestones: readonly Milestone[]) =>
  milestones.flatMap(({ name, metAt, late }) => (metAt === undefined ? [] : [{ name, metAt, late }]));

test('Milestones are met in their order, once and for all, and what was met late stays late', () => {
  const seen = { delivered: 0, cancelled: 0, out: 0, late: 0, refunded: 0 };
  fc.assert(
    fc.property(way, (acts) => {
      let [order, hours] = [BOOKED, 1];
      let before = milestonesOf(order, START);
      for (const [one, pause] of acts) {
        hours += pause;
        for (const event of eventsOf(order, one, hours)) {
          const recorded = { ...newEvent(event, hours * HOUR_S), orderId: ORDER_ID, version: order.version + 1 };
          order = evolve(order, recorded) as ExistingOrder;
          const now = milestonesOf(order, START + hours * HOUR_S * 1_000);
          const places = now.map(({ name }) => MILESTONES.indexOf(name));
          expect(places).toEqual([...new Set(places)].sort((left, right) => left - right));
          const met = metIn(now);
          expect(now.slice(0, met.length).every(({ metAt }) => metAt !== undefined)).toBe(true);
          expect(met.map(({ metAt }) => metAt)).toEqual(met.map(({ metAt }) => metAt).sort());
          expect(met.slice(0, metIn(before).length)).toEqual(metIn(before));
          const wasLate = before.filter(({ late }) => late).map(({ name }) => name);
          const isThere = now.filter(({ name }) => wasLate.includes(name));
          expect(isThere.every(({ late }) => late)).toBe(true);
          before = now;
        }
      }
      const names = metIn(before).map(({ name }) => name);
      seen.delivered += Number(names.includes('delivered'));
      seen.cancelled += Number(names.includes('cancelled'));
      seen.out += Number(names.includes('out_for_delivery'));
      seen.late += Number(metIn(before).some(({ late }) => late));
      seen.refunded += Number(order.status === 'refunded');
    }),
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});
