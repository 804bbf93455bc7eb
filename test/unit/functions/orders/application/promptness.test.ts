import { describe, expect, test } from 'vitest';
import { promptnessOf } from '../../../../../functions/orders/application/promptness.ts';
import type { OrderEvent, RecordedOrderEvent } from '../../../../../functions/published/order-events.ts';
import { created, EVENTS, HAPPY_PATH, newEvent, ORDER_ID } from '../../../../support/orders/streams.ts';

const { confirmed, authorised, reserved, delayed } = EVENTS;
const held: OrderEvent = { type: 'OrderCreated', data: { ...created().data, review: 'required' } };
const approved: OrderEvent = { type: 'OrderApproved', data: {} };
const toPay: OrderEvent = {
  type: 'PaymentActionRequired',
  data: {
    amount: created().data.total,
    action: { type: 'redirect', url: 'https://pay.example' },
    expiresAt: '2026-01-02T04:04:05.000Z',
    askAgainSeconds: 60,
  },
};
const goodsCame: OrderEvent = { type: 'InventoryReserved', data: { ...reserved.data, backordered: true } };
const requested: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'payment_pending' },
};
const cancelled = (reason: 'payment_declined' | 'payment_not_made' | 'rejected' | 'customer_request'): OrderEvent => ({
  type: 'OrderCancelled',
  data: { ...EVENTS.cancelled.data, reason },
});
const waitFor = (partner: string, error = 'CircuitOpen'): OrderEvent => ({
  type: 'StepDelayed',
  data: { ...delayed.data, partner, error },
});

/** The stream of these events, each with the second in which it happened. */
const streamOf = (...events: readonly (readonly [number, OrderEvent])[]): RecordedOrderEvent[] =>
  events.map(([seconds, event], index) => ({ ...newEvent(event, seconds), orderId: ORDER_ID, version: index + 1 }));

/** What each event of the stream tells. */
const told = (...events: readonly (readonly [number, OrderEvent])[]) => {
  const stream = streamOf(...events);
  return stream.flatMap((event) => promptnessOf(event, stream) ?? []);
};
const inTime = (seconds: number) => [{ isLate: false, tookMs: seconds * 1_000 }];

describe('The promise of a checkout', () => {
  test('is told of once, at its end', () =>
    expect(told(...HAPPY_PATH.map((event, at) => [at, event] as const))).toEqual(inTime(5)));

  test.each([
    ['kept in the sixtieth second', 60, false],
    ['broken after it', 61, true],
  ])('is %s', (_, seconds, isLate) =>
    expect(told([0, created()], [seconds, confirmed])).toEqual([{ isLate, tookMs: seconds * 1_000 }]),
  );

  test('is kept as well by an order that is cancelled for good reasons', () =>
    expect(told([0, created()], [3, cancelled('payment_declined')])).toEqual(inTime(3)));

  test('is broken when an order begins to wait for a partner that is away, and that is told once', () =>
    expect(told([0, created()], [2, waitFor('payment-gateway')], [4, waitFor('carrier')], [9, confirmed])).toEqual([
      { isLate: true },
    ]));

  test('has no time in it that a customer takes for the payment', () =>
    expect(told([0, created()], [1, toPay], [900, authorised], [904, confirmed])).toEqual(inTime(4)));

  test('has no time in it that an operator takes for the approval', () =>
    expect(told([0, held], [7_200, approved], [7_203, confirmed])).toEqual(inTime(3)));

  test('has no time in it in which goods come', () =>
    expect(
      told([0, created()], [1, waitFor('goods', 'Backordered')], [90_000, goodsCame], [90_002, confirmed]),
    ).toEqual(inTime(2)));

  test('holds for a cancellation from its request on', () =>
    expect(told([0, created()], [1, toPay], [300, requested], [302, cancelled('customer_request')])).toEqual(
      inTime(2),
    ));

  test.each<[string, (readonly [number, OrderEvent])[]]>([
    [
      'whose customer has not paid',
      [
        [0, created()],
        [1, waitFor('customer')],
        [900, cancelled('payment_not_made')],
      ],
    ],
    [
      'that an operator rejected',
      [
        [0, held],
        [900, cancelled('rejected')],
      ],
    ],
    [
      'that its customer cancelled before it was approved',
      [
        [0, held],
        [900, cancelled('customer_request')],
      ],
    ],
  ])('is not about an order %s', (_, events) => expect(told(...events)).toEqual([]));

  test('is not broken by a customer who changes the order, and not told of a second time', () =>
    expect(
      told(
        [0, created()],
        [2, waitFor('platform', 'OrderChanged')],
        [9, confirmed],
        [500, cancelled('customer_request')],
      ),
    ).toEqual(inTime(9)));
});
