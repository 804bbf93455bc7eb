/** The oracle of the fault test sees what it is there for. */
import { expect, test } from 'vitest';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { created, EVENTS, HAPPY_PATH, line, ORDER_ID, streamOf } from '../support/orders/streams.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import { type Books, differencesIn } from './books.ts';
import { KINDS } from './load.ts';

const PLAIN = KINDS[0]!;
const { sku } = line();
const paid = created().data.total.amount;

const entry = (kind: string, amount?: number): LedgerEntry => ({
  sequence: 1,
  at: '2026-01-02T03:04:05.678Z',
  key: ORDER_ID,
  kind,
  ...(amount === undefined ? {} : { amount }),
});
const PAID = [entry('authorisation', paid), entry('capture', paid)];
const stock = (available: number, reserved: number, sold?: number) => [
  { sku, received: 10, available, reserved, ...(sold === undefined ? {} : { sold }) },
];
const order = (...events: readonly OrderEvent[]) => [{ orderId: ORDER_ID, kind: PLAIN, events: streamOf(events) }];

const GOOD: Books = { orders: order(...HAPPY_PATH), stock: stock(9, 1), gateway: PAID, carrier: [entry('booking')] };
const CANCELLED: Books = {
  orders: order(created(), EVENTS.reserved, EVENTS.released, EVENTS.cancelled),
  stock: stock(10, 0),
  gateway: [],
  carrier: [],
};
const SHIPPED: Books = {
  ...GOOD,
  orders: [
    {
      ...order(...HAPPY_PATH, { type: 'OrderShipped', data: {} })[0]!,
      kind: { ...PLAIN, ends: ['shipped'] },
    },
  ],
  stock: stock(9, 0, 1),
};
const found = (books: Books) => Object.values(differencesIn(books)).flat() as string[];

test('an order whose money, parcel and goods agree is no difference, confirmed or shipped', () => {
  expect([...found(GOOD), ...found(SHIPPED)]).toEqual([]);
});

test.each<[string, Books, RegExp]>([
  ['an order that nobody wanted to be cancelled', CANCELLED, /ended cancelled, payment_declined/],
  ['a compensation that waits for a person', { ...GOOD, orders: order(...HAPPY_PATH, EVENTS.parked) }, /VoidPayment/],
  ['a second payment', { ...GOOD, gateway: [...PAID, ...PAID] }, /authorised 2 times/],
  ['money that was not taken', { ...GOOD, gateway: PAID.slice(0, 1) }, /still held/],
  ['money that a cancelled order has left', { ...CANCELLED, gateway: PAID }, /the gateway took 4500/],
  ['an order without its parcel', { ...GOOD, carrier: [] }, /lacks a booking/],
  ['a parcel of a cancelled order', { ...CANCELLED, carrier: [entry('booking')] }, /has a booking/],
  ['goods that are neither on sale nor sold', { ...CANCELLED, stock: stock(9, 1) }, /9 are on sale, 1 are reserved/],
  [
    'goods that have left and are still reserved',
    { ...SHIPPED, stock: stock(9, 1) },
    /1 have left for good.* 1 are reserved/,
  ],
  ['goods that are sold and have not left', { ...GOOD, stock: stock(9, 0, 1) }, /1 are kept for orders.* 1 are sold/],
  [
    'damage that nobody has told',
    { ...GOOD, stock: [{ ...stock(8, 1)[0]!, damaged: 1 }] },
    /1 are damaged in the counts/,
  ],
  ['a payment of no order', { ...GOOD, gateway: [...PAID, { ...entry('capture', 1), key: 'other' }] }, /is no order/],
])('it sees %s', (_, books, difference) => {
  expect(found(books)).toContainEqual(expect.stringMatching(difference));
});
