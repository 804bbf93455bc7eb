/** When the personal data of an order can be erased, and what has to end before. */
import { describe, expect, test } from 'vitest';
import { hasEnded, whyNotErasable } from '../../../../../functions/orders/domain/erasable.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { created, EVENTS, HAPPY_PATH, line, streamOf } from '../../../../support/orders/streams.ts';

const SHIPPED: OrderEvent = { type: 'OrderShipped', data: {} };
const DELIVERED: readonly OrderEvent[] = [...HAPPY_PATH, SHIPPED, { type: 'OrderDelivered', data: {} }];
const CANCELLED: readonly OrderEvent[] = [created(), EVENTS.reserved, EVENTS.declined, EVENTS.cancelled];
const units = [{ sku: line().sku, quantity: 2 }];
const half = [{ sku: line().sku, quantity: 1 }];
const returnRequested: OrderEvent = { type: 'ReturnRequested', data: { returnId: 'return-1', lines: units } };
const received = (accepted: typeof units): OrderEvent => ({
  type: 'ReturnReceived',
  data: { returnId: 'return-1', accepted, rejected: [] },
});

const reasonOf = (events: readonly OrderEvent[]) => whyNotErasable(streamOf(events));

describe('An order whose personal data can be erased', () => {
  test.each<[string, readonly OrderEvent[]]>([
    ['is delivered', DELIVERED],
    ['is cancelled', CANCELLED],
    ['has a return that has come', [...DELIVERED, returnRequested, received(units)]],
  ])('%s', (_, events) => {
    expect(reasonOf(events)).toBeUndefined();
  });
});

describe('The personal data of an order is needed', () => {
  test.each<[string, readonly OrderEvent[], string]>([
    ['while there is nothing of it yet', [], 'order_under_way'],
    ['while its saga is at work', [created(), EVENTS.reserved], 'order_under_way'],
    ['while its parcel is to be sent', HAPPY_PATH, 'order_under_way'],
    ['while its parcel is on the way', [...HAPPY_PATH, SHIPPED], 'order_under_way'],
    ['while goods of it may come back', [...DELIVERED, returnRequested], 'return_under_way'],
    ['while the rest of its goods may come back', [...DELIVERED, returnRequested, received(half)], 'return_under_way'],
    ['while a person has a task about it', [...DELIVERED, EVENTS.opened], 'money_or_task_open'],
  ])('%s', (_, events, reason) => {
    expect(reasonOf(events)).toBe(reason);
  });
});

test('Goods and money of an order are where they stay when it is delivered, cancelled or refunded', () => {
  const statusAfter = (events: readonly OrderEvent[]) => fold(streamOf(events)).status;
  const statuses = [HAPPY_PATH, [...HAPPY_PATH, SHIPPED], DELIVERED, CANCELLED].map(statusAfter);
  expect([...statuses, 'refunded' as const].map((status) => [status, status !== 'none' && hasEnded(status)])).toEqual([
    ['processing', false],
    ['shipped', false],
    ['delivered', true],
    ['cancelled', true],
    ['refunded', true],
  ]);
});
