import { describe, expect, test } from 'vitest';
import { changeWithTime } from '../../../../../functions/orders/domain/milestones.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import {
  given,
  type Happening,
  PAID,
  PLACED,
  PROMISED,
  promising,
  timeAt,
  toCome,
} from '../../../../support/orders/milestones.ts';
import { FIRST, IN_TWO_PARCELS, LEAVING, SECOND, tracked } from '../../../../support/orders/parcels.ts';
import { created, EVENTS } from '../../../../support/orders/streams.ts';

const LEFT: Happening = [{ type: 'OrderShipped', data: {} }, 20];
const ARRIVED: Happening = [{ type: 'OrderDelivered', data: {} }, 70];
const SHIPPED: readonly Happening[] = [PLACED, ...PAID, LEFT];
const cancelRequested: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'processing' },
};

describe('The milestones of an order', () => {
  test('are those that were met, and then those that are to come, with the times that were promised', () => {
    expect(given(PLACED).at(0)).toEqual([
      { name: 'placed', metAt: timeAt(0), late: false },
      toCome('confirmed'),
      toCome('shipped'),
      toCome('delivered'),
    ]);
    expect(given(...SHIPPED, ARRIVED).at(80)).toEqual([
      { name: 'placed', metAt: timeAt(0), late: false },
      { ...toCome('confirmed'), metAt: timeAt(0.5) },
      { ...toCome('shipped'), metAt: timeAt(20) },
      { ...toCome('delivered'), metAt: timeAt(70) },
    ]);
  });

  test('have no times to come, and are never late, when nothing was promised', () => {
    expect(given([created(), 0], ...PAID).at(10_000)).toEqual([
      { name: 'placed', metAt: timeAt(0), late: false },
      { name: 'confirmed', metAt: timeAt(0.5), late: false },
      { name: 'shipped', late: false },
      { name: 'delivered', late: false },
    ]);
  });

  test('have a time for what was promised alone', () => {
    const { named } = given([promising({ delivered: timeAt(96) }), 0]);
    expect([named('shipped', 1), named('delivered', 1)]).toEqual([
      { name: 'shipped', late: false },
      toCome('delivered'),
    ]);
  });

  test('are late from the moment after the promised time, whether they are met later or not yet', () => {
    const { named } = given(PLACED, ...PAID);
    expect([48, 48.001].map((hours) => named('shipped', hours)?.late)).toEqual([false, true]);
    const lateShipped = given(PLACED, ...PAID, [{ type: 'OrderShipped', data: {} }, 50]);
    expect(lateShipped.at(60)).toMatchObject([
      { late: false },
      { late: false },
      { late: true, metAt: timeAt(50) },
      { late: false },
    ]);
    expect(given(...SHIPPED).named('shipped', 1_000)?.late).toBe(false);
  });

  test('have the delivery of the first parcel under way only when a carrier has said so', () => {
    const two: readonly Happening[] = IN_TWO_PARCELS.map((event) => [promising(PROMISED, event), 0.5]);
    const leaving: readonly Happening[] = LEAVING.map((event) => [event, 10]);
    const names = (...more: readonly Happening[]) =>
      given(...two, ...leaving, ...more)
        .at(60)
        .map(({ name }) => name);
    expect(names()).toEqual(['placed', 'confirmed', 'shipped', 'delivered']);
    expect(names([tracked(FIRST, 'out_for_delivery'), 30])).toEqual([
      'placed',
      'confirmed',
      'shipped',
      'out_for_delivery',
      'delivered',
    ]);
    const { named } = given(
      ...two,
      ...leaving,
      [tracked(FIRST, 'delivery_attempted'), 30],
      [tracked(SECOND, 'out_for_delivery'), 40],
    );
    expect(named('out_for_delivery', 60)).toEqual({ name: 'out_for_delivery', metAt: timeAt(30), late: false });
  });

  test('come in their order, though a carrier tells of a parcel before its order is confirmed', () => {
    const [before, after] = [IN_TWO_PARCELS.slice(0, -1), IN_TWO_PARCELS.slice(-1)];
    const { at } = given(
      ...before.map((event): Happening => [event, 0]),
      [tracked(FIRST, 'in_transit'), 1],
      ...after.map((event): Happening => [event, 2]),
    );
    expect(at(3).map(({ name, metAt }) => [name, metAt])).toEqual([
      ['placed', timeAt(0)],
      ['confirmed', timeAt(2)],
      ['shipped', timeAt(2)],
      ['delivered', undefined],
    ]);
  });

  test('end with the cancellation, after which nothing is expected and nothing is met', () => {
    const cancelling = given(PLACED, ...PAID, [cancelRequested, 60]);
    expect(cancelling.at(61).map(({ name }) => name)).toEqual(['placed', 'confirmed', 'cancelled']);
    expect(cancelling.named('cancelled', 61)).toEqual({ name: 'cancelled', late: false });
    const cancelled = given(
      PLACED,
      ...PAID,
      [cancelRequested, 60],
      [EVENTS.cancelled, 61],
      [tracked(FIRST, 'in_transit'), 70],
    );
    expect(cancelled.at(1_000).map(({ name, metAt, late }) => [name, metAt, late])).toEqual([
      ['placed', timeAt(0), false],
      ['confirmed', timeAt(0.5), false],
      ['cancelled', timeAt(61), false],
    ]);
  });

  test('expect nothing of an order that was refunded on the way, and show its delivery when its parcel arrives', () => {
    const refunded: readonly Happening[] = [...SHIPPED, [EVENTS.refunded, 30]];
    expect(
      given(...refunded)
        .at(1_000)
        .map(({ name }) => name),
    ).toEqual(['placed', 'confirmed', 'shipped']);
    expect(given(...refunded, [tracked(FIRST, 'delivered'), 80]).named('delivered', 90)).toMatchObject({
      metAt: timeAt(80),
    });
  });
});

describe('Milestones change without an event', () => {
  test.each<[string, boolean, readonly Happening[], number]>([
    ['while the order waits', true, [PLACED, [EVENTS.backordered, 0]], 0.1],
    [
      'not while an order waits of which nothing was promised',
      false,
      [
        [created(), 0],
        [EVENTS.backordered, 0],
      ],
      0.1,
    ],
    ['once it is late with what is to come', true, [PLACED, ...PAID], 49],
    ['not before', false, [PLACED, ...PAID], 47],
    ['not of what was met late', false, [PLACED, ...PAID, LEFT, [{ type: 'OrderDelivered', data: {} }, 99]], 200],
  ])('%s', (_, expected, happenings, hours) => {
    const { order, at } = given(...happenings);
    expect(changeWithTime(order, at(hours))).toBe(expected);
  });
});
