/** What customers are told, by the event: the template and its values. */
import { describe, expect, test } from 'vitest';
import type { Values } from '../../../../functions/notifications/domain/message.ts';
import { messageOf } from '../../../../functions/notifications/domain/message-of.ts';
import { toldOf } from '../../../../functions/notifications/domain/notification-of.ts';
import {
  CANCELLATION_REASONS,
  type OrderEvent,
  REJECTION_REASONS,
  type RejectedUnits,
} from '../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { CUSTOMER_ID, created, EVENTS, HAPPY_PATH, line, streamOf } from '../../../support/orders/streams.ts';

const mugs = { sku: 'MUG-BLUE' as Sku, quantity: 2 };
const tee = { sku: 'TEE' as Sku, quantity: 1 };
const returned = { customerId: CUSTOMER_ID, returnId: 'return-1' };

/** What is told of the last of these events. */
const told = (...events: readonly OrderEvent[]) => {
  const stream = streamOf(events);
  return toldOf(stream.at(-1)!, stream, { language: 'en', timeZone: 'Asia/Shanghai' });
};
const valuesOf = (...events: readonly OrderEvent[]): Values => {
  const stream = streamOf(events);
  return messageOf(stream.at(-1)!, stream)!.values;
};

describe('A customer is told', () => {
  test('what they ordered and what it comes to', () => {
    expect(told(created([line('MUG-BLUE', 2)]))).toMatchObject({
      template: 'order-created',
      values: { items: [{ ...mugs, name: 'Article MUG-BLUE' }], total: money(9_000, 'CNY') },
      text: expect.stringContaining('2 × Article MUG-BLUE'),
    });
  });

  test('that their order is looked at first when it is held', () => {
    const held = { ...created(), data: { ...created().data, review: 'required' as const } };
    expect(told(held)).toMatchObject({ template: 'order-held' });
  });

  test('what an order waits for, and until when in the shop’s zone', () => {
    const backordered = {
      ...EVENTS.backordered,
      data: { ...EVENTS.backordered.data, until: '2026-03-01T17:00:00.000Z' },
    };
    expect(told(created(), backordered)).toMatchObject({
      template: 'order-backordered',
      text: expect.stringContaining('by March 2, 2026 at 01:00 GMT+8'),
    });
  });

  test('what is to be paid, and until when, without what only the payment page is to know', () => {
    const needed: OrderEvent = {
      type: 'PaymentActionRequired',
      data: {
        amount: money(500, 'JPY'),
        action: { type: 'redirect', url: 'https://bank.example/secret' },
        expiresAt: '2026-03-01T17:00:00.000Z',
        askAgainSeconds: 10,
      },
    };
    expect(told(created(), EVENTS.reserved, needed)).toMatchObject({
      template: 'payment-action-needed',
      text: expect.stringContaining('To pay ¥500 for'),
    });
    expect(JSON.stringify(told(created(), needed))).not.toContain('secret');
  });

  test('with whom the parcel is, and its number', () => {
    expect(told(...HAPPY_PATH, { type: 'OrderShipped', data: {} })).toMatchObject({
      template: 'order-shipped',
      values: { carrier: 'Sim Express', trackingNumber: 'TRK-1' },
      text: expect.stringContaining('TRK-1'),
    });
  });

  test('what was refunded, and when it has come back to the shop', () => {
    const refunded = { ...EVENTS.refunded, data: { ...EVENTS.refunded.data, amount: money(1_234, 'CNY') } };
    expect(told(...HAPPY_PATH, refunded)?.text).toContain('We have refunded CN¥12.34 of your order');
    const failed = (reversed: object): OrderEvent => ({
      type: 'RefundFailed',
      data: { refundId: 'r', reason: 'closed', ...reversed },
    });
    expect(told(...HAPPY_PATH, refunded, failed({ reversed: money(1_234, 'CNY') }))?.template).toBe('refund-reversed');
    expect(told(...HAPPY_PATH, failed({}))).toBeUndefined();
  });

  test.each(CANCELLATION_REASONS)('why an order was cancelled: %s', (reason) => {
    const cancelled = { ...EVENTS.cancelled, data: { ...EVENTS.cancelled.data, reason } };
    expect(told(created(), cancelled)).toMatchObject({
      template: 'order-cancelled',
      values: { reason },
      text: expect.stringMatching(/is cancelled: [a-z].+\.\nYou pay nothing\.$/),
    });
  });

  test('that money is not back yet when its way back waits for a person, and only then', () => {
    const delayed = (parked: (typeof EVENTS.parked.data.step | 'ReleaseInventory')[]) =>
      told(created(), { ...EVENTS.cancelled, data: { ...EVENTS.cancelled.data, parked } })!;
    expect(delayed(['ReleaseInventory', 'VoidPayment'])).toMatchObject({ values: { refundDelayed: true } });
    expect(delayed(['ReleaseInventory', 'VoidPayment']).text).not.toContain('You pay nothing');
    expect(delayed(['ReleaseInventory']).values).not.toHaveProperty('refundDelayed');
  });

  test.each(REJECTION_REASONS)('which units of a return are not taken back, and why: %s', (reason) => {
    const rejected: RejectedUnits = { ...tee, reason, comment: 'Torn, says Ann.' };
    const message = told(...HAPPY_PATH, {
      type: 'ReturnReceived',
      data: { ...returned, accepted: [mugs], rejected: [rejected] },
    });
    expect(message?.text).toMatch(
      /accepted 2 × Article MUG-BLUE, and refund.*\nWe could not accept 1 × TEE \([a-z].+\)\.$/,
    );
    expect(JSON.stringify(message)).not.toContain('Ann');
  });

  test('nothing of units that there are not', () => {
    const text = (accepted: (typeof mugs)[], rejected: RejectedUnits[]) =>
      told(...HAPPY_PATH, { type: 'ReturnReceived', data: { ...returned, accepted, rejected } })?.text;
    expect(text([mugs], [])).not.toContain('could not accept');
    expect(text([], [{ ...tee, reason: 'used' }])).not.toContain('have accepted');
  });

  test('the name of an article as it was when it was ordered, whatever came later', () => {
    const changed: OrderEvent = {
      type: 'ItemsChanged',
      data: { ...created([line('TEE', 1)]).data, changeId: 'c' },
    };
    expect(
      valuesOf(created(), changed, { type: 'ReturnWithdrawn', data: { ...returned, lines: [mugs, tee] } }),
    ).toMatchObject({
      withdrawn: [{ name: 'Article MUG-BLUE' }, { name: 'Article TEE' }],
    });
  });
});

describe('What is overtaken', () => {
  const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
  const requested: OrderEvent = { type: 'ReturnRequested', data: { returnId: 'return-1', lines: [tee] } };
  const withdrawn = (returnId: string): OrderEvent => ({ type: 'ReturnWithdrawn', data: { returnId, lines: [tee] } });
  const held = { ...created(), data: { ...created().data, review: 'required' as const } };
  /** Whether the event at this place is told when all of them are known. */
  const isTold = (place: number, ...events: readonly OrderEvent[]) => {
    const stream = streamOf(events);
    return toldOf(stream[place]!, stream, { language: 'en', timeZone: 'UTC' }) !== undefined;
  };

  test.each<[string, boolean, () => boolean]>([
    ['an order that is confirmed was still received', true, () => isTold(0, ...HAPPY_PATH)],
    [
      'an order that is approved is not looked at any more',
      false,
      () => isTold(0, held, { type: 'OrderApproved', data: {} }),
    ],
    ['an order that has left is more than confirmed', false, () => isTold(5, ...HAPPY_PATH, shipped)],
    ['goods that have come are not waited for', false, () => isTold(1, created(), EVENTS.backordered, EVENTS.reserved)],
    [
      'a return that is decided is not expected',
      false,
      () => isTold(6, ...HAPPY_PATH, requested, withdrawn('return-1')),
    ],
    ['another return is', true, () => isTold(6, ...HAPPY_PATH, requested, withdrawn('return-2'))],
    ['a refund stays a refund', true, () => isTold(2, created(), EVENTS.captured, EVENTS.refunded, EVENTS.cancelled)],
  ])('%s: told %s', (_, expected, found) => {
    expect(found()).toBe(expected);
  });

  test('is nothing that came before', () => {
    expect(isTold(2, created(), EVENTS.reserved, EVENTS.backordered)).toBe(true);
  });
});
