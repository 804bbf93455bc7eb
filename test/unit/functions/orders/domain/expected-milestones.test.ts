import { describe, expect, test } from 'vitest';
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
import { IN_TWO_PARCELS, LEAVING, SECOND, tracked } from '../../../../support/orders/parcels.ts';
import { created, EVENTS } from '../../../../support/orders/streams.ts';

const pending = (until: number): OrderEvent => ({
  type: 'PaymentActionRequired',
  data: {
    amount: created().data.total,
    action: { type: 'redirect', url: 'https://pay.example' },
    expiresAt: timeAt(until),
    askAgainSeconds: 60,
  },
});

describe('What is expected of an order', () => {
  const expectedOf = ({ at }: ReturnType<typeof given>, hours: number) =>
    at(hours).flatMap(({ name, expectedAt }) => (expectedAt === undefined ? [] : [[name, expectedAt]]));
  const later = (hours: number) => [
    ['confirmed', timeAt(1 + hours)],
    ['shipped', timeAt(48 + hours)],
    ['delivered', timeAt(96 + hours)],
  ];

  test.each<[string, readonly Happening[], Happening]>([
    [
      'approval',
      [[promising(PROMISED, { ...created(), data: { ...created().data, review: 'required' } }), 0]],
      [{ type: 'OrderApproved', data: {} }, 30],
    ],
    ['goods', [PLACED, [EVENTS.backordered, 0]], [EVENTS.reserved, 30]],
    ['its payment', [PLACED, [pending(40), 0]], [EVENTS.authorised, 30]],
  ])('moves by as long as it waits for %s, and what was promised stays', (_, waiting, ends) => {
    expect(expectedOf(given(...waiting), 0)).toEqual(later(0));
    expect(expectedOf(given(...waiting), 20)).toEqual(later(20));
    expect(expectedOf(given(...waiting, ends), 50)).toEqual(later(30));
    const shipped = given(...waiting, ends).named('shipped', 50);
    expect(shipped).toMatchObject({ promisedAt: timeAt(48), late: true });
  });

  test('moves by all of its waits', () => {
    const twice = given(
      PLACED,
      [EVENTS.backordered, 1],
      [EVENTS.reserved, 11],
      [pending(40), 12],
      [EVENTS.authorised, 14],
    );
    expect(expectedOf(twice, 50)).toEqual(later(12));
  });

  const booked = (event: OrderEvent, estimatedDeliveryAt: string): OrderEvent =>
    event.type === 'ShipmentArranged' ? { ...event, data: { ...event.data, estimatedDeliveryAt } } : event;
  const inTwo = (...estimates: readonly (string | undefined)[]): readonly Happening[] => {
    const left = [...estimates];
    return IN_TWO_PARCELS.map((event) => {
      const estimate = event.type === 'ShipmentArranged' ? left.shift() : undefined;
      return [estimate === undefined ? promising(PROMISED, event) : booked(event, estimate), 0];
    });
  };

  test.each([
    ['sooner than was promised', [timeAt(50), timeAt(40)], 50],
    ['later than was promised', [timeAt(50), timeAt(120)], 120],
    ['of which one parcel has no estimate', [timeAt(50), undefined], 96],
  ])('is the delivery when the carriers expect the last parcel: %s', (_, estimates, hours) => {
    const { named } = given(...inTwo(...estimates));
    expect(named('delivered', 1)).toEqual({ ...toCome('delivered'), expectedAt: timeAt(hours) });
    expect(named('delivered', 97)).toMatchObject({ promisedAt: timeAt(96), late: true });
  });

  test('is the delivery of the parcels that are to arrive', () => {
    const lost: Happening = [tracked(SECOND, 'lost'), 20];
    const leaving: readonly Happening[] = LEAVING.map((event) => [event, 10]);
    expect(given(...inTwo(timeAt(50), timeAt(120)), ...leaving, lost).named('delivered', 30)?.expectedAt).toBe(
      timeAt(50),
    );
  });

  test('is the estimate of a carrier alone, when the shop has promised nothing', () => {
    const estimated = booked(EVENTS.arranged, timeAt(50));
    const { named } = given(
      [created(), 0],
      ...PAID.map(([event, hours]): Happening => [event.type === 'ShipmentArranged' ? estimated : event, hours]),
    );
    expect(named('delivered', 1_000)).toEqual({ name: 'delivered', expectedAt: timeAt(50), late: false });
  });
});
