/** What follows from an order's events beside its state: sagas, lists, and what is published. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { summaryOf } from '../../../../../functions/orders/domain/order-summary.ts';
import { viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import { publish } from '../../../../../functions/orders/domain/published.ts';
import { reviewFromIn } from '../../../../../functions/orders/domain/review-limits.ts';
import {
  startsCancellationSaga,
  startsItemsChange,
  startsOrderSaga,
} from '../../../../../functions/orders/domain/saga-starts.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import {
  CHANGE_ID,
  CUSTOMER_ID,
  changeRequested,
  created,
  EVENTS,
  HAPPY_PATH,
  line,
  ORDER_ID,
  streamOf,
} from '../../../../support/orders/streams.ts';

const { data } = created();
const held: OrderEvent = { type: 'OrderCreated', data: { ...data, review: 'required' } };
const cancelling = (from: 'processing' | 'created'): OrderEvent => ({
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from },
});

describe('A saga', () => {
  test.each<[string, OrderEvent, readonly string[]]>([
    ['the order saga, for an order that was placed', created(), ['order']],
    ['none, for an order that waits for approval', held, []],
    ['the order saga, for an order that was approved', { type: 'OrderApproved', data: {} }, ['order']],
    ['the cancellation saga, for a confirmed order', cancelling('processing'), ['cancellation']],
    ['none, for a cancellation that the order saga carries out itself', cancelling('created'), []],
    ['the change of items', { type: 'ItemsChangeRequested', data: changeRequested().data }, ['change']],
    ['none, for a step', EVENTS.reserved, []],
    ['none, for a delay', EVENTS.delayed, []],
  ])('that starts is %s', (_, event, expected) => {
    const [recorded] = streamOf([event]);
    const started = [
      ...(startsOrderSaga(recorded!) ? ['order'] : []),
      ...(startsCancellationSaga(recorded!) ? ['cancellation'] : []),
      ...(startsItemsChange(recorded!) ? ['change'] : []),
    ];
    expect(started).toEqual(expected);
  });
});

test('A list shows the units of all articles of an order together', () => {
  const order = fold(streamOf([created([line('MUG-BLUE', 3), line('TSHIRT', 2)])])) as ExistingOrder;
  expect(summaryOf(viewOf(order))).toEqual({
    orderId: ORDER_ID,
    customerId: CUSTOMER_ID,
    status: 'created',
    parked: false,
    total: order.total,
    units: 5,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    version: 1,
  });
});

test('An order shows a change of items that is being carried out', () => {
  const change = { type: 'ItemsChangeRequested', data: changeRequested().data } as const;
  expect(viewOf(fold(streamOf([...HAPPY_PATH, change])) as ExistingOrder).itemsChange).toEqual({ changeId: CHANGE_ID });
});

test('The way of payment is published, and neither its token nor anything personal', () => {
  const [recorded] = streamOf([created()]);
  const { data: shown } = publish(recorded!);
  expect(shown).toMatchObject({ customerId: CUSTOMER_ID, total: data.total, paymentMethod: 'card' });
  expect(JSON.stringify(shown)).not.toMatch(/tok_ok|Li Wei|Nanjing/);
});

test('A limit of reviews has as many minor units as the currency has decimals', () => {
  const from = reviewFromIn('100');
  expect(['KWD', 'EUR', 'JPY'].map(from)).toEqual([1_000, 100, 1]);
});
