/** The books of orders whose refunds do not go straight on, and whose events come in another order than they happened. */
import { describe, expect, test } from 'vitest';
import { balancesOf, NO_BOOK } from '../../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../../../functions/ledger/domain/findings.ts';
import type { OrderEvent, RefundRequested } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import {
  allRefunded,
  asked,
  CONFIRMED,
  cancelled,
  cancelling,
  captured,
  failed,
  refunded,
  resolved,
} from '../../../support/ledger/order-events.ts';
import { created, EVENTS, line, priced, START, streamOf } from '../../../support/orders/streams.ts';

const entriesOf = (events: readonly OrderEvent[]) => missingEntries(streamOf(events), NO_BOOK);
const balances = (events: readonly OrderEvent[]) =>
  balancesOf({ ...NO_BOOK, entries: entriesOf(events) })
    .all()
    .map(({ account, amount }) => `${account} ${amount}`)
    .sort();

const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };
const PAID = ['channel/card 4500', 'prepaid -4500'];
const OWED_WHOLE = ['channel/card 4500', 'clearing -4500'];

describe('The books of refunds', () => {
  test.each<[string, readonly OrderEvent[], readonly string[]]>([
    [
      'tell each refund from the others',
      [asked('r-1'), asked('r-2', 500), refunded('r-1'), failed('r-2')],
      ['channel/card 3500', 'prepaid -3500'],
    ],
    ['take a failure into account once, however often it is told', [asked(), failed(), failed()], PAID],
    ['are not moved by the failure of a refund that nobody asked for', [failed()], PAID],
    [
      'still owe a refund whose task is resolved because it was made',
      [asked(), resolved('completed')],
      ['channel/card 4500', 'clearing -1000', 'prepaid -3500'],
    ],
    [
      'leave a failed refund that is written off with the shop, once',
      [asked(), failed(), resolved('written_off')],
      PAID,
    ],
    [
      'owe nothing any more for a refund that was made outside',
      [asked(), resolved('done_outside')],
      ['channel/card 4500', 'prepaid -3500', 'suspense -1000'],
    ],
    ['are not moved by the task of a refund that nobody asked for', [resolved('done_outside')], PAID],
    [
      'take refunds of delivered goods from what was earned',
      [delivered, asked(), refunded()],
      ['channel/card 3500', 'refunds 1000', 'revenue -4500'],
    ],
    ['owe all of the payment once a cancellation is asked for', [cancelling], OWED_WHOLE],
    ['owe all of the payment when the order is cancelled', [cancelled], OWED_WHOLE],
    ['owe no less when a refund of a cancelled order fails', [asked(), cancelling, failed()], OWED_WHOLE],
    ['owe no less when a refund fails after the end', [asked(), cancelled, failed()], OWED_WHOLE],
    [
      'have a failed refund that was made after all in what a cancelled order gets back',
      [asked(), failed(), cancelling, refunded()],
      ['channel/card 3500', 'clearing -3500'],
    ],
  ])('%s', (_, events, expected) => {
    expect(balances([...CONFIRMED, ...events])).toEqual(expected);
  });
});

describe('The books of a refund of which the shop keeps a fee', () => {
  const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
  const { refundId } = (asked() as RefundRequested).data;
  const withFee: OrderEvent = {
    type: 'RefundRequested',
    data: { refundId, amount: money(900, 'CNY'), restockingFee: money(100, 'CNY'), lines: [] },
  };
  const paid: OrderEvent = {
    type: 'PaymentRefunded',
    data: { paymentId: 'pay-1', refundId, amount: money(900, 'CNY') },
  };
  const KEPT = ['channel/card 3600', 'refunds 1000', 'restocking-fees -100', 'revenue -4500'];
  const NOTHING_GIVEN = ['channel/card 4500', 'revenue -4500'];

  test.each<[string, readonly OrderEvent[], readonly string[]]>([
    ['have it as an income', [withFee, paid], KEPT],
    ['have none of a refund that has failed', [withFee, failed()], NOTHING_GIVEN],
    ['have it again when the refund is made after all', [withFee, failed(), paid], KEPT],
    ['have none of one that is written off', [withFee, resolved('written_off')], NOTHING_GIVEN],
    [
      'have it when the refund was made outside',
      [withFee, failed(), resolved('done_outside')],
      ['channel/card 4500', 'refunds 1000', 'restocking-fees -100', 'revenue -4500', 'suspense -900'],
    ],
  ])('%s', (_, events, expected) => {
    const all = [...CONFIRMED, shipped, ...events];
    expect(balances(all)).toEqual(expected);
    const book = { ...NO_BOOK, entries: entriesOf(all) };
    // At rest, what is in suspense alone is a break.
    const wrong = findingsOf(streamOf(all), book).filter(({ underWay }) => !underWay);
    expect(wrong).toEqual([]);
  });
});

describe('The books of a payment', () => {
  test.each<[string, readonly OrderEvent[], readonly string[]]>([
    [
      'have what was paid beyond the total before its capture is told, too',
      [refunded('excess', 500), captured(5_000)],
      ['channel/card 4500', 'clearing -4500'],
    ],
    ['owe what a customer got for no payment at all', [refunded('excess', 500)], ['channel/card -500', 'clearing 500']],
    [
      'have a second capture, although the first was given back',
      [captured(4_500), allRefunded, captured(4_500)],
      OWED_WHOLE,
    ],
    [
      'have what a person gave up',
      [captured(4_500), cancelled, resolved('written_off', { step: 'VoidPayment' })],
      ['channel/card 4500', 'written-off -4500'],
    ],
    [
      'are not moved by what a person did for another step',
      [captured(4_500), cancelled, resolved('done_outside', { step: 'CancelShipment' })],
      OWED_WHOLE,
    ],
    [
      'are not moved while the customer is asked to pay, or the channel has something to tell',
      [
        {
          type: 'PaymentActionRequired',
          data: {
            amount: money(4_500, 'CNY'),
            action: { type: 'redirect', url: 'https://bank.example/1' },
            expiresAt: new Date(START).toISOString(),
            askAgainSeconds: 5,
          },
        },
        { type: 'PaymentNotified', data: { channel: 'card', notificationId: 'n-1' } },
      ],
      [],
    ],
  ])('%s', (_, events, expected) => {
    expect(balances([created(), ...events])).toEqual(expected);
  });

  test('cannot be kept without the event that says how it is paid', () => {
    expect(() => entriesOf([EVENTS.captured])).toThrow(/does not begin with OrderCreated/);
  });
});

describe('The books of goods', () => {
  const toThree: OrderEvent = { type: 'ItemsChanged', data: { changeId: 'c', ...priced([line('MUG-BLUE', 3)]) } };

  test.each<[string, readonly OrderEvent[], readonly string[]]>([
    ['a change before they are reserved', [toThree], []],
    ['a change after they were released', [EVENTS.reserved, EVENTS.released, toThree], []],
    ['an order that waits for them, or goes without some', [EVENTS.backordered, EVENTS.unitsRemoved], []],
    ['a reservation after a change', [toThree, EVENTS.reserved], ['available -1', 'reserved 1']],
  ])('have nothing for %s but what is reserved', (_, events, expected) => {
    expect(balances([created(), ...events])).toEqual(expected);
  });

  test('have no entry for an event that moves nothing', () => {
    expect(entriesOf([created(), EVENTS.reserved, EVENTS.arranged]).map(({ type }) => type)).toEqual([
      'InventoryReserved',
    ]);
  });
});
