/** What an order's stream says of itself: whether something is under way, what was charged, and what the customer keeps. */
import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { chargeOf, goodsKept, isAtRest, openTasks } from '../../../../functions/published/order-rest.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import {
  allRefunded,
  asked,
  CONFIRMED,
  cancelled,
  cancelling,
  captured,
  failed,
  opened,
  refunded,
  resolved,
} from '../../../support/ledger/order-events.ts';
import { created, EVENTS, streamOf } from '../../../support/orders/streams.ts';

const transfer = { transferId: 'E1', amount: money(4_500, 'CNY') };
const came: OrderEvent = {
  type: 'TransferReceived',
  data: { ...transfer, debtor: { name: 'Ann', iban: 'DE89370400440532013000' } },
};

describe('An order', () => {
  test.each<[string, readonly OrderEvent[]]>([
    ['confirmed', CONFIRMED],
    ['cancelled', [created(), cancelled]],
    ['cancelled after it was confirmed', [...CONFIRMED, cancelling, cancelled]],
    ['refunded in part', [...CONFIRMED, asked(), refunded()]],
    ['whose refund has failed', [...CONFIRMED, asked(), failed()]],
    ['whose refund is given up', [...CONFIRMED, asked(), resolved('written_off')]],
    ['cancelled with a refund that it overtook', [...CONFIRMED, asked(), cancelling, cancelled]],
    ['whose task is resolved', [...CONFIRMED, opened('refund'), resolved('completed')]],
    ['whose late payment went back', [created(), cancelled, captured(4_500), allRefunded]],
    ['whose books a person is to look at', [...CONFIRMED, opened('books')]],
  ])('%s is at rest', (_, events) => {
    expect(isAtRest(streamOf(events))).toBe(true);
  });

  test.each<[string, readonly OrderEvent[]]>([
    ['that was never placed', []],
    ['placed', [created()]],
    ['captured', [created(), EVENTS.authorised, EVENTS.captured]],
    ['whose cancellation was asked for', [...CONFIRMED, cancelling]],
    ['with a refund that nobody has answered', [...CONFIRMED, asked('r-1'), refunded('r-1'), asked('r-2')]],
    ['with a task', [...CONFIRMED, opened('refund')]],
    ['with a late payment that is still to go back', [created(), cancelled, captured(4_500)]],
    ['with money that is to go back to its account', [...CONFIRMED, came]],
  ])('%s is not at rest', (_, events) => {
    expect(isAtRest(streamOf(events))).toBe(false);
  });

  test('has the tasks that are not resolved, those about its books left out', () => {
    const task = { taskId: 'task-2', kind: 'stuck', error: 'Stuck', dueAt: '2026-01-02T13:04:05.000Z' } as const;
    const events = [
      ...CONFIRMED,
      opened('refund'),
      { type: 'TaskOpened', data: task } as const,
      { type: 'TaskOpened', data: { ...task, taskId: 'task-3', kind: 'books' } } as const,
      resolved('completed'),
    ];
    expect(openTasks(streamOf(events))).toEqual(['task-2']);
  });
});

describe('The goods that a customer keeps are worth', () => {
  test.each<[string, readonly OrderEvent[], number]>([
    ['nothing before the order stands', [created(), EVENTS.captured], 0],
    ['nothing once the cancellation is asked for', [...CONFIRMED, cancelling], 0],
    ['nothing after a cancellation', [...CONFIRMED, cancelled], 0],
    ['the total of the order', CONFIRMED, 4_500],
    ['the total while a refund is under way', [...CONFIRMED, asked()], 4_500],
    ['less what was refunded', [...CONFIRMED, asked(), refunded()], 3_500],
    ['the total after a refund that failed', [...CONFIRMED, asked(), failed()], 4_500],
    ['less what a person gave back', [...CONFIRMED, asked(), failed(), resolved('done_outside')], 3_500],
    ['the total after a refund that is given up', [...CONFIRMED, asked(), resolved('written_off')], 4_500],
    [
      'less the one of two refunds that was made',
      [...CONFIRMED, asked('r-1'), asked('r-2', 500), failed('r-1'), refunded('r-2', 500)],
      4_000,
    ],
    [
      'the total when another task was done outside',
      [...CONFIRMED, asked(), resolved('done_outside', { step: 'CancelShipment' })],
      4_500,
    ],
  ])('%s', (_, events, expected) => {
    expect(goodsKept(streamOf(events))).toBe(expected);
  });
});

describe('The charge is', () => {
  test.each<[string, readonly OrderEvent[], number]>([
    ['nothing before the capture', [created(), EVENTS.authorised], 0],
    ['what was captured', CONFIRMED, 4_500],
    ['all of it, when it was captured in parts', [created(), captured(1_000), captured(3_500)], 4_500],
    ['less what was given back', [...CONFIRMED, asked(), refunded()], 3_500],
    ['nothing when a refund is the first sign of a capture', [created(), cancelling, allRefunded], 0],
    ['what was transferred, also when it is not captured', [created(), came], 4_500],
    [
      'less what went back to its account, and less refunds',
      [
        created(),
        came,
        captured(4_500),
        refunded('r-1', 500),
        { type: 'TransferReturned', data: { ...transfer, amount: money(1_000, 'CNY') } },
      ],
      3_000,
    ],
  ])('%s', (_, events, expected) => {
    expect(chargeOf(streamOf(events))).toBe(expected);
  });
});
