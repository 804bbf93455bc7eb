/** What an order shows of money that comes in and goes back, and which events of its stream change nothing that it shows. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { created, EVENTS, HAPPY_PATH, line, priced, START, streamOf } from '../../../../support/orders/streams.ts';

const orderAfter = (...events: readonly OrderEvent[]) => fold(streamOf(events)) as ExistingOrder;
const amount = money(4_500, 'CNY');
const action = { type: 'redirect', url: 'https://bank.example/1' } as const;
const expiresAt = new Date(START).toISOString();
const asked: OrderEvent = { type: 'PaymentActionRequired', data: { amount, action, expiresAt, askAgainSeconds: 5 } };
const came = (paid: number, currency = 'CNY'): OrderEvent => ({
  type: 'TransferReceived',
  data: {
    transferId: `E${paid}`,
    amount: money(paid, currency),
    debtor: { name: 'Ann', iban: 'DE89370400440532013000' },
  },
});

describe('An order that its customer still has to pay', () => {
  test('shows what to do and until when', () => {
    expect(orderAfter(created(), EVENTS.reserved, asked)).toMatchObject({
      status: 'payment_pending',
      payment: { status: 'pending', action, expiresAt },
    });
  });

  test.each<[string, readonly OrderEvent[], number | undefined]>([
    ['nothing before any came', [], undefined],
    ['a part', [came(1_000)], 1_000],
    ['all parts together', [came(1_000), came(500)], 1_500],
    ['only the money of the first currency', [came(1_000), came(70, 'EUR')], 1_000],
  ])('shows %s of what was transferred', (_, events, received) => {
    const { payment } = orderAfter(created(), EVENTS.reserved, asked, ...events);
    expect('received' in payment ? payment.received?.amount : undefined).toBe(received);
    expect(payment).toMatchObject({ status: 'pending', action });
  });

  test('goes on when it is paid, refused, or paid too little for other items', () => {
    const dearer: OrderEvent = { type: 'ItemsChanged', data: { changeId: 'c', ...priced([line('MUG-BLUE', 2)]) } };
    const same: OrderEvent = { type: 'ItemsChanged', data: { changeId: 'c', ...priced([line()]) } };
    const statusAfter = (...events: readonly OrderEvent[]) => orderAfter(created(), asked, ...events).status;
    expect(statusAfter(EVENTS.authorised)).toBe('payment_completed');
    expect(statusAfter(EVENTS.declined)).toBe('payment_failed');
    expect(statusAfter(EVENTS.declined, EVENTS.authorised)).toBe('payment_completed');
    expect(statusAfter(EVENTS.authorised, dearer)).toBe('payment_pending');
    expect(statusAfter(EVENTS.authorised, same)).toBe('payment_completed');
  });
});

describe('Money that comes', () => {
  test('after the payment was captured is no part of it', () => {
    const paid = orderAfter(created(), EVENTS.authorised, EVENTS.captured);
    expect(orderAfter(created(), EVENTS.authorised, EVENTS.captured, came(100)).payment).toEqual(paid.payment);
  });

  test('back is refunded, also when it is the first sign of its capture', () => {
    const payment = { status: 'refunded', paymentId: 'pay-1', amount, refunded: amount };
    expect(orderAfter(created(), EVENTS.authorised, EVENTS.refunded).payment).toEqual(payment);
    expect(orderAfter(created(), EVENTS.captured, EVENTS.refunded).payment).toEqual(payment);
  });

  test('back in parts adds up', () => {
    const part = (paid: number): OrderEvent => ({
      type: 'PaymentRefunded',
      data: { paymentId: 'pay-1', amount: money(paid, 'CNY') },
    });
    const after = (...parts: readonly number[]) => orderAfter(created(), EVENTS.captured, ...parts.map(part)).payment;
    expect(after(1_000)).toMatchObject({ status: 'captured', refunded: money(1_000, 'CNY') });
    expect(after(1_000, 3_500)).toMatchObject({ status: 'refunded', refunded: amount });
    expect(after(4_500, 100)).toMatchObject({ status: 'refunded', refunded: money(4_600, 'CNY') });
  });

  test('back is told of each refund for itself', () => {
    const request = (refundId: string): OrderEvent => ({
      type: 'RefundRequested',
      data: { refundId, amount: money(100, 'CNY'), lines: [] },
    });
    const made: OrderEvent = {
      type: 'PaymentRefunded',
      data: { paymentId: 'pay-1', amount: money(100, 'CNY'), refundId: 'r-2' },
    };
    const unasked: OrderEvent = { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: money(100, 'CNY') } };
    const { refunds } = orderAfter(...HAPPY_PATH, request('r-1'), request('r-2'), made, unasked);
    expect(refunds.map(({ refundId, status }) => [refundId, status])).toEqual([
      ['r-1', 'requested'],
      ['r-2', 'refunded'],
    ]);
  });
});

describe('Money that goes back to who has transferred it', () => {
  const returned = (paid: number, by: 'the bank' | 'the platform', currency = 'CNY'): OrderEvent => ({
    type: 'TransferReturned',
    data: {
      transferId: 'E1000',
      amount: money(paid, currency),
      ...(by === 'the bank' ? { atChannel: 'return-1' } : {}),
    },
  });

  test.each<[string, readonly OrderEvent[], number | undefined]>([
    ['by the platform never counted', [came(1_000), returned(1_000, 'the platform')], 1_000],
    ['by somebody at the bank is not there any more', [came(1_000), returned(400, 'the bank')], 600],
    ['by somebody at the bank as a whole leaves nothing', [came(1_000), returned(1_000, 'the bank')], undefined],
    ['in another currency never counted', [came(1_000), returned(400, 'the bank', 'EUR')], 1_000],
    ['before any came leaves nothing', [returned(400, 'the bank')], undefined],
  ])('%s', (_, events, received) => {
    const { payment } = orderAfter(created(), EVENTS.reserved, asked, ...events);
    expect(payment).toMatchObject({ status: 'pending', action });
    expect('received' in payment ? payment.received : 'nothing').toEqual(
      received === undefined ? 'nothing' : money(received, 'CNY'),
    );
  });

  test('once the payment is captured changes nothing of it', () => {
    const captured = [created(), EVENTS.authorised, EVENTS.captured];
    expect(orderAfter(...captured, returned(400, 'the bank')).payment).toEqual(orderAfter(...captured).payment);
  });
});

describe('A refund that was made, and has failed since', () => {
  const id = 'r-1';
  const request: OrderEvent = { type: 'RefundRequested', data: { refundId: id, amount, lines: [] } };
  const made: OrderEvent = { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount, refundId: id } };
  const failed: OrderEvent = {
    type: 'RefundFailed',
    data: { refundId: id, reason: 'account_closed', reversed: amount },
  };
  const shipped: OrderEvent = { type: 'OrderShipped', data: {} };

  test('gives its order back what it was', () => {
    const refunded = orderAfter(...HAPPY_PATH, shipped, request, made);
    expect([refunded.status, refunded.payment.status]).toEqual(['refunded', 'refunded']);
    expect(orderAfter(...HAPPY_PATH, shipped, request, made, failed)).toMatchObject({
      status: 'shipped',
      payment: { status: 'captured', paymentId: 'pay-1', amount, refunded: money(0, 'CNY') },
      refunds: [{ refundId: id, status: 'failed' }],
    });
  });

  test('changes no payment that was never taken', () => {
    const { payment } = orderAfter(created(), EVENTS.reserved, asked, failed);
    expect(payment).toEqual(orderAfter(created(), EVENTS.reserved, asked).payment);
  });
});

describe('An order shows as before', () => {
  const task = { taskId: 'task-1', kind: 'stuck' } as const;
  test.each<OrderEvent>([
    EVENTS.released,
    EVENTS.sold,
    EVENTS.delayed,
    { type: 'PaymentNotified', data: { channel: 'card', notificationId: 'n-1' } },
    { type: 'TransferReturned', data: { transferId: 'E1', amount } },
    { type: 'TaskOpened', data: { ...task, dueAt: expiresAt } },
    { type: 'TaskOpened', data: { ...task, kind: 'completion', step: 'VoidPayment', dueAt: expiresAt } },
    { type: 'TaskOpened', data: { ...task, kind: 'compensation', step: 'CancelOrder', dueAt: expiresAt } },
    { type: 'TaskClaimed', data: task },
    { type: 'TaskReleased', data: task },
    { type: 'TaskEscalated', data: { ...task, comment: 'Please.' } },
    { type: 'TaskResumed', data: task },
    { type: 'WriteOffProposed', data: { ...task, comment: 'Too little to look for.' } },
  ])('after $type', (event) => {
    const before = orderAfter(...HAPPY_PATH);
    const { version, updatedAt, ...shown } = orderAfter(...HAPPY_PATH, event);
    expect({ ...before, version, updatedAt }).toEqual({ version, updatedAt, ...shown });
    expect([version, updatedAt]).toEqual([7, new Date(START + 6_000).toISOString()]);
  });

  test.each<OrderEvent>([EVENTS.backordered, EVENTS.arranged, EVENTS.declined, EVENTS.voided])(
    'when $type comes after its goods have left',
    (event) => {
      const shipped = [
        ...HAPPY_PATH,
        { type: 'OrderShipped', data: {} } as const,
        { type: 'OrderDelivered', data: {} } as const,
      ];
      const before = orderAfter(...shipped);
      expect({ ...orderAfter(...shipped, event), version: before.version, updatedAt: before.updatedAt }).toEqual(
        before,
      );
    },
  );
});

describe('A stream is damaged', () => {
  test.each<[string, readonly OrderEvent[]]>([
    ['was confirmed with its payment pending', [created(), EVENTS.arranged, EVENTS.confirmed]],
    [
      'was confirmed with its payment captured and its shipment pending',
      [created(), EVENTS.captured, EVENTS.confirmed],
    ],
    ['has OrderShipped while the order is created', [created(), { type: 'OrderShipped', data: {} }]],
    [
      'has OrderDelivered while the order is cancelled',
      [created(), EVENTS.cancelled, { type: 'OrderDelivered', data: {} }],
    ],
  ])('when an order %s', (words, events) => {
    expect(() => orderAfter(...events)).toThrow(words);
  });
});

test('A task without an error is parked for one that nobody knows', () => {
  const { error: _, ...data } = EVENTS.opened.data;
  expect(orderAfter(created(), { type: 'TaskOpened', data }).parked).toEqual([
    { step: 'VoidPayment', error: 'unknown', taskId: data.taskId },
  ]);
});

test('Goods that were taken off an order change its price', () => {
  const { lines, total } = EVENTS.unitsRemoved.data;
  expect(orderAfter(created(), EVENTS.unitsRemoved)).toMatchObject({ status: 'created', lines, total });
});

test.each<[string, readonly OrderEvent[], string]>([
  [
    'that waits for goods already waits on, with what is told last',
    [created(), EVENTS.backordered, EVENTS.backordered],
    'backordered',
  ],
  [
    'whose goods are reserved does not wait for goods any more',
    [created(), EVENTS.backordered, EVENTS.reserved, EVENTS.backordered],
    'inventory_reserved',
  ],
])('An order %s', (_, events, status) => {
  const order = orderAfter(...events);
  expect([order.status, 'backorder' in order && order.backorder !== undefined]).toEqual([
    status,
    status === 'backordered',
  ]);
});
