import { describe, expect, test } from 'vitest';
import { balancesOf, NO_BOOK } from '../../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../../../functions/ledger/domain/findings.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import type { LocationId } from '../../../../functions/shared/kernel/location.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import {
  asked,
  cancelled,
  cancelling,
  captured,
  failed,
  refunded,
  resolved,
} from '../../../support/ledger/order-events.ts';
import { CUSTOMER_ID, created, EVENTS, HAPPY_PATH, line, priced, streamOf } from '../../../support/orders/streams.ts';

const book = (events: readonly OrderEvent[]) => ({ ...NO_BOOK, entries: missingEntries(streamOf(events), NO_BOOK) });
/** Balances as text, such as `clearing -4500 CNY`. */
const balances = (...events: readonly OrderEvent[]) =>
  balancesOf(book(events))
    .all()
    .map(({ account, amount, unit }) => `${account} ${amount} ${unit}`)
    .sort();
const broken = (...events: readonly OrderEvent[]) => findingsOf(streamOf(events), book(events)).map(({ rule }) => rule);

const at = (sku: string, quantity: number, location: string) => ({
  sku: line(sku).sku,
  quantity,
  location: location as LocationId,
});

const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
const changedToOne: OrderEvent = { type: 'ItemsChanged', data: { changeId: 'change-1', ...priced([line()]) } };
const reserved = ['available -1 MUG-BLUE', 'reserved 1 MUG-BLUE'];
const sold = ['available -1 MUG-BLUE', 'sold 1 MUG-BLUE'];

describe('The books of an order', () => {
  test.each<[string, readonly OrderEvent[], readonly string[]]>([
    ['an order that is placed moves nothing', [created()], []],
    [
      'an authorisation is held',
      [created(), EVENTS.authorised],
      ['authorisations -4500 CNY', 'authorised/card 4500 CNY'],
    ],
    [
      'a late payment of a cancelled order is owed to the customer until it went back',
      [created(), EVENTS.cancelled, captured(4_500)],
      ['channel/card 4500 CNY', 'clearing -4500 CNY'],
    ],
    [
      'a late payment that went back moves nothing',
      [created(), EVENTS.cancelled, captured(4_500), EVENTS.refunded],
      [],
    ],
    ['a void ends the hold', [created(), EVENTS.authorised, EVENTS.voided], []],
    ['a decline ends the hold of an earlier authorisation', [created(), EVENTS.authorised, EVENTS.declined], []],
    [
      'an adjusted authorisation replaces the one before',
      [
        created(),
        EVENTS.authorised,
        { type: 'PaymentAuthorised', data: { paymentId: 'pay-1', amount: money(1_000, 'CNY') } },
      ],
      ['authorisations -1000 CNY', 'authorised/card 1000 CNY'],
    ],
    [
      'a late authorisation holds nothing',
      [created(), EVENTS.captured, EVENTS.authorised],
      ['channel/card 4500 CNY', 'clearing -4500 CNY'],
    ],
    [
      'captured money is in clearing until the order stands',
      [created(), EVENTS.authorised, EVENTS.captured],
      ['channel/card 4500 CNY', 'clearing -4500 CNY'],
    ],
    [
      'what was paid beyond the total and given back is owed for no goods',
      [
        created([line('MUG-BLUE', 2)]),
        captured(9_000),
        changedToOne,
        refunded('excess', 4_500),
        EVENTS.arranged,
        EVENTS.confirmed,
      ],
      ['channel/card 4500 CNY', 'prepaid -4500 CNY'],
    ],
    ['a confirmed order is prepaid', HAPPY_PATH, [...reserved, 'channel/card 4500 CNY', 'prepaid -4500 CNY']],
    [
      'goods that have left are revenue',
      [...HAPPY_PATH, shipped, EVENTS.sold],
      [...sold, 'channel/card 4500 CNY', 'revenue -4500 CNY'],
    ],
    [
      'goods that arrive without a word of the carrier before are revenue, too',
      [...HAPPY_PATH, { type: 'OrderDelivered', data: {} }],
      [...reserved, 'channel/card 4500 CNY', 'revenue -4500 CNY'],
    ],
    [
      'a refund that is asked for is owed',
      [...HAPPY_PATH, asked()],
      [...reserved, 'channel/card 4500 CNY', 'clearing -1000 CNY', 'prepaid -3500 CNY'],
    ],
    [
      'a refund that is made is owed no more',
      [...HAPPY_PATH, asked(), refunded()],
      [...reserved, 'channel/card 3500 CNY', 'prepaid -3500 CNY'],
    ],
    [
      'a refund after the goods have left lessens the revenue',
      [...HAPPY_PATH, shipped, asked(), refunded()],
      [...reserved, 'channel/card 3500 CNY', 'refunds 1000 CNY', 'revenue -4500 CNY'],
    ],
    [
      'a refund that fails is owed no more',
      [...HAPPY_PATH, asked(), failed()],
      [...reserved, 'channel/card 4500 CNY', 'prepaid -4500 CNY'],
    ],
    [
      'a refund that a person has made after all is booked whole',
      [...HAPPY_PATH, asked(), failed(), refunded()],
      [...reserved, 'channel/card 3500 CNY', 'prepaid -3500 CNY'],
    ],
    [
      'a refund that was made outside stands in suspense',
      [...HAPPY_PATH, asked(), failed(), resolved('done_outside')],
      [...reserved, 'channel/card 4500 CNY', 'prepaid -3500 CNY', 'suspense -1000 CNY'],
    ],
    [
      'a refund that is written off stays with the shop',
      [...HAPPY_PATH, asked(), resolved('written_off')],
      [...reserved, 'channel/card 4500 CNY', 'prepaid -4500 CNY'],
    ],
    [
      'a cancelled order gives everything back',
      [...HAPPY_PATH, cancelling, EVENTS.refunded, EVENTS.released, cancelled],
      [],
    ],
    [
      'also after a part was refunded(), and with a refund that the cancellation has overtaken',
      [
        ...HAPPY_PATH,
        asked(),
        refunded(),
        asked('r-2'),
        cancelling,
        { ...EVENTS.refunded, data: { paymentId: 'pay-1', amount: money(3_500, 'CNY') } },
        failed('r-2'),
        EVENTS.released,
        cancelled,
      ],
      [],
    ],
    ['a refund can be the first sign of a capture', [created(), EVENTS.authorised, cancelling, EVENTS.refunded], []],
    ['whose own event comes late', [created(), EVENTS.authorised, cancelling, EVENTS.refunded, EVENTS.captured], []],
    [
      'a payment that a person gave back outside',
      [created(), EVENTS.captured, cancelled, resolved('done_outside', { step: 'VoidPayment' })],
      ['channel/card 4500 CNY', 'suspense -4500 CNY'],
    ],
    [
      'a change of items moves the goods that differ',
      [
        created(),
        EVENTS.reserved,
        { type: 'ItemsChanged', data: { changeId: 'c', ...priced([line('MUG-BLUE', 3), line('TEE', 2)]) } },
      ],
      ['available -2 TEE', 'available -3 MUG-BLUE', 'reserved 2 TEE', 'reserved 3 MUG-BLUE'],
    ],
    [
      'a change of items moves the goods that differ, to where they lie then',
      [
        created(),
        { type: 'InventoryReserved', data: { lines: [at('MUG-BLUE', 1, 'main'), at('MUG-BLUE', 1, 'north')] } },
        {
          type: 'ItemsChanged',
          data: { changeId: 'c', ...priced([line('MUG-BLUE', 3)]), allocation: [at('MUG-BLUE', 3, 'north')] },
        },
      ],
      ['available -3 MUG-BLUE@north', 'reserved 3 MUG-BLUE@north'],
    ],
    [
      'goods leave and come back where they lay, the usual location first',
      [
        created(),
        { type: 'InventoryReserved', data: { lines: [at('MUG-BLUE', 2, 'north'), at('MUG-BLUE', 1, 'main')] } },
        { type: 'ReservationConfirmed', data: { lines: [line('MUG-BLUE', 3)] } },
        {
          type: 'ReturnReceived',
          data: { customerId: CUSTOMER_ID, returnId: 'b', accepted: [line('MUG-BLUE', 2)], rejected: [] },
        },
      ],
      [
        'available -1 MUG-BLUE',
        'available -2 MUG-BLUE@north',
        'returned 1 MUG-BLUE',
        'returned 1 MUG-BLUE@north',
        'sold 1 MUG-BLUE@north',
      ],
    ],
    [
      'returned units came back and are not put away yet',
      [
        ...HAPPY_PATH,
        shipped,
        EVENTS.sold,
        {
          type: 'ReturnReceived',
          data: { customerId: CUSTOMER_ID, returnId: 'b', accepted: EVENTS.sold.data.lines, rejected: [] },
        },
      ],
      ['available -1 MUG-BLUE', 'channel/card 4500 CNY', 'returned 1 MUG-BLUE', 'revenue -4500 CNY'],
    ],
  ])('%s', (_, events, expected) => {
    expect(balances(...events)).toEqual([...expected].sort());
  });

  test('are the same in whatever steps they are booked', () => {
    const events = streamOf([...HAPPY_PATH, shipped, EVENTS.sold, asked(), refunded()]);
    for (let cut = 1; cut < events.length; cut += 1) {
      const first = { ...NO_BOOK, upTo: cut, entries: missingEntries(events.slice(0, cut), NO_BOOK) };
      expect([...first.entries, ...missingEntries(events, first)]).toEqual(missingEntries(events, NO_BOOK));
    }
  });
});

describe('What the books find', () => {
  test.each<[string, readonly OrderEvent[], readonly string[]]>([
    ['nothing for an order that went well', [...HAPPY_PATH, shipped, EVENTS.sold], []],
    ['nothing for a refund that was made', [...HAPPY_PATH, asked(), refunded()], []],
    ['an authorisation that nobody ended', [created(), EVENTS.authorised, EVENTS.cancelled], ['NoOpenAuthorisation']],
    ['money without an order', [created(), EVENTS.captured, EVENTS.cancelled], ['ChargeIsForGoods', 'ClearingIsZero']],
    [
      'a confirmed order that was charged too little',
      [created(), captured(1_000), EVENTS.confirmed],
      ['ChargeIsForGoods', 'ClearingIsZero'],
    ],
    ['goods that are kept for a cancelled order', [created(), EVENTS.reserved, EVENTS.cancelled], ['NoHeldGoods']],
    ['money that was given back twice', [...HAPPY_PATH, asked(), refunded(), refunded()], ['ChargeIsForGoods']],
  ])('%s', (_, events, expected) => {
    expect(broken(...events)).toEqual(expected);
  });

  test('is a break, and no violation, while something is under way', () => {
    const events = [...HAPPY_PATH, asked()];
    expect(findingsOf(streamOf(events), book(events))).toMatchObject([{ rule: 'ClearingIsZero', underWay: true }]);
  });
});
