import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { created, EVENTS, HAPPY_PATH, line, streamOf } from '../../../../support/orders/streams.ts';

const {
  reserved,
  released,
  authorised,
  declined,
  arranged,
  captured,
  voided,
  refunded,
  shipmentCancelled,
  cancelled,
  parked,
} = EVENTS;

const orderAfter = (...events: readonly OrderEvent[]): ExistingOrder => {
  const order = fold(streamOf(events));
  if (order.status === 'none') throw new Error('The stream tells of no order.');
  return order;
};

describe('The status of an order', () => {
  test('goes step by step along the happy path', () => {
    const statuses = HAPPY_PATH.map((_, index) => orderAfter(...HAPPY_PATH.slice(0, index + 1)).status);
    expect(statuses).toEqual([
      'created',
      'inventory_reserved',
      'payment_completed',
      'payment_completed',
      'payment_completed',
      'processing',
    ]);
  });

  test('is payment_failed after a refusal of the card', () => {
    expect(orderAfter(created(), reserved, declined)).toMatchObject({
      status: 'payment_failed',
      payment: { status: 'declined', declineCode: 'insufficient_funds' },
    });
  });

  test.each([
    ['processing', HAPPY_PATH],
    ['cancelled', [created(), cancelled]],
  ])('stays %s when facts arrive late', (status, stream) => {
    expect(orderAfter(...stream, reserved, authorised, declined).status).toBe(status);
  });

  test('is none without events', () => {
    expect(fold([])).toEqual({ status: 'none' });
  });

  test('cannot be told from a stream that does not begin with OrderCreated', () => {
    expect(() => fold(streamOf([reserved]))).toThrow(/begins with InventoryReserved/);
  });

  test('cannot be told from a stream of two orders', () => {
    expect(() => fold(streamOf([created(), reserved, created()]))).toThrow(/second OrderCreated/);
  });
});

describe('Payment and shipment', () => {
  test.each([
    ['voided before the capture', [authorised, voided], 'voided'],
    ['refunded after it', [authorised, captured, refunded], 'refunded'],
    ['taken, whatever is told of the hold afterwards', [authorised, captured, authorised], 'captured'],
    ['given back, whatever is told of the hold afterwards', [authorised, captured, refunded, authorised], 'refunded'],
  ])('show money that was %s', (_, events, status) => {
    expect(orderAfter(created(), ...events).payment).toMatchObject({ status, paymentId: 'pay-1' });
  });

  test('show a cancelled shipment with the booking it was', () => {
    expect(orderAfter(created(), arranged, shipmentCancelled).shipment).toEqual({
      status: 'cancelled',
      shipmentId: 'shp-1',
      carrier: 'Sim Express',
      trackingNumber: 'TRK-1',
    });
  });

  test('show no shipment when one was withdrawn that was never booked', () => {
    expect(orderAfter(created(), shipmentCancelled).shipment).toEqual({ status: 'pending' });
  });
});

describe('The view of an order', () => {
  test('lists items with line totals, dates and the version that it shows', () => {
    const view = viewOf(orderAfter(created([line('MUG-BLUE', 3), line('TSHIRT', 2, 12_900)]), reserved));
    expect(view.items.map(({ lineTotal }) => lineTotal.amount)).toEqual([13_500, 25_800]);
    expect(view).toMatchObject({
      status: 'inventory_reserved',
      parked: false,
      total: { amount: 39_300, currency: 'CNY' },
      payment: { method: 'card', status: 'pending' },
      shipment: { status: 'pending' },
      createdAt: '2026-01-02T03:04:05.000Z',
      updatedAt: '2026-01-02T03:04:06.000Z',
      version: 2,
    });
    expect(view).not.toHaveProperty('reason');
    expect(view).not.toHaveProperty('parkedCompensations');
  });

  test('says why an order was cancelled and what a person must still undo', () => {
    const view = viewOf(orderAfter(created(), reserved, authorised, released, parked, cancelled));
    expect(view).toMatchObject({
      status: 'cancelled',
      reason: 'payment_declined',
      parked: true,
      parkedCompensations: [{ ...parked.data, taskId: EVENTS.opened.data.taskId }],
    });
  });

  test('shows a compensation as parked, whatever recorded it, until its task is resolved', () => {
    const { delayed, opened, resolved } = EVENTS;
    const { step, error, taskId } = opened.data;
    expect(viewOf(orderAfter(created(), cancelled, delayed))).toMatchObject({ parked: false });
    expect(viewOf(orderAfter(created(), parked, cancelled, opened))).toMatchObject({
      parkedCompensations: [{ step, error, taskId }],
    });
    expect(viewOf(orderAfter(created(), cancelled, opened, resolved))).toMatchObject({ parked: false });
  });

  test('shows nothing as parked for a task that is about something else', () => {
    const { error: _error, ...task } = EVENTS.opened.data;
    for (const data of [
      { ...task, kind: 'completion', step: 'CancelOrder' },
      { ...task, step: 'RestoreAuthorisation' },
    ] as const) {
      expect(viewOf(orderAfter(created(), { type: 'TaskOpened', data })).parked).toBe(false);
    }
  });

  test('holds neither the token nor what only the platform needs', () => {
    const text = JSON.stringify(viewOf(orderAfter(...HAPPY_PATH)));
    expect(text).not.toMatch(/tok_ok|requestHash|correlationId/);
  });
});
