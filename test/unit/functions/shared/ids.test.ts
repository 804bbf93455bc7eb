import { describe, expect, test } from 'vitest';
import type { Order } from '../../../../functions/orders/domain/state.ts';
import { COMPENSATIONS, type NewOrderEvent, type OrderEvent } from '../../../../functions/published/order-events.ts';
import { factId, type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { fact } from '../../../../functions/shared/saga-step/record-fact.ts';
import { created, EVENTS, ORDER_ID, streamOf } from '../../../support/orders/streams.ts';

const OTHER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
const [first] = streamOf([created()]);
const factOf = (event: OrderEvent, step = 'Step', now = 0): NewOrderEvent =>
  fact(first as Parameters<typeof fact>[0], event, step, now);

describe('Order ids', () => {
  test('are UUIDs', () => {
    expect(parseOrderId(ORDER_ID)).toBe(ORDER_ID);
    for (const text of ['', 'x', `${ORDER_ID}0`, `{${ORDER_ID}}`]) expect(() => parseOrderId(text)).toThrow(RangeError);
  });

  test('cannot be mistaken for text, nor fields be read where a state has none', () => {
    // @ts-expect-error text is an order id only after its parser has seen it
    const unparsed: OrderId = 'text';
    // @ts-expect-error only a cancelled order has a reason
    const reasonOf = (order: Order): unknown => order.reason;
    expect([unparsed, reasonOf({ status: 'none' })]).toEqual(['text', undefined]);
  });
});

describe('Ids of facts', () => {
  test('are the same whenever and by whomever a fact is recorded', () => {
    expect(factOf(EVENTS.reserved, 'A', 1).eventId).toBe(factOf(EVENTS.reserved, 'B', 2).eventId);
  });

  test('differ between types of events, between orders, and between parked compensations', () => {
    const parked = COMPENSATIONS.map(
      (step) => factOf({ type: 'CompensationParked', data: { step, error: 'X' } }).eventId,
    );
    const types = Object.values(EVENTS)
      .filter(({ type }) => type !== 'CompensationParked')
      .map((event) => factOf(event).eventId);
    const all = [...parked, ...types, factId(OTHER_ID, 'InventoryReserved')];
    expect(new Set(all).size).toBe(all.length);
  });

  test('come with what led to them', () => {
    expect(factOf(EVENTS.reserved, 'ReserveInventory', 1_000)).toMatchObject({
      correlationId: first!.correlationId,
      causationId: first!.eventId,
      actor: { type: 'system', id: 'ReserveInventory' },
      occurredAt: '1970-01-01T00:00:01.000Z',
    });
  });
});
