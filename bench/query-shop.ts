/** Orders of a shop that has been open for a year: more orders mean more customers. The same for every run. */

import { searchRows } from '../functions/orders/adapters/dynamodb-search-index.ts';
import { rowOf } from '../functions/orders/adapters/order-view-rows.ts';
import type { PlaceInList } from '../functions/orders/application/ports.ts';
import { fold } from '../functions/orders/domain/evolve.ts';
import { listsOf } from '../functions/orders/domain/lists.ts';
import { viewOf } from '../functions/orders/domain/order-view.ts';
import { termsOf } from '../functions/orders/domain/search/terms.ts';
import type { OrderEvent } from '../functions/published/order-events.ts';
import { ORDER } from '../functions/published/order-log.ts';
import { eventPut } from '../functions/shared/event-log/dynamodb-event-log.ts';
import type { OrderId } from '../functions/shared/kernel/ids.ts';
import { type CustomerId, parseOrderId } from '../functions/shared/kernel/ids.ts';
import { created, EVENTS, line, streamOf } from '../test/support/orders/streams.ts';

const OPENED = Date.UTC(2025, 0, 1);
const YEAR_MS = 365 * 86_400_000;
const ORDERS_PER_CUSTOMER = 20;
const ARTICLES = 200;
/** Given and family names are made of these, three syllables each. */
const SYLLABLES = ['ba', 'chen', 'dor', 'el', 'fi', 'gan', 'ho', 'is', 'jun', 'ka', 'li', 'mo'] as const;
const NAMES = SYLLABLES.length ** 3;
/** Of ten orders, one was just placed, the payment of one was declined, and eight are being processed. */
const COURSES: readonly (readonly OrderEvent[])[] = [
  [],
  [EVENTS.reserved, EVENTS.declined, EVENTS.released, EVENTS.cancelled],
  [EVENTS.reserved, EVENTS.authorised, EVENTS.arranged, EVENTS.captured, EVENTS.confirmed],
];

export interface SeededOrder {
  readonly orderId: OrderId;
  readonly customerId: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly sku: string;
}

/** The items that the platform itself would have written for an order. */
export interface OrderRows {
  readonly log: readonly Record<string, unknown>[];
  readonly view: Record<string, unknown>;
  readonly search: readonly Record<string, unknown>[];
}

/** @param index from 0 to `count` − 1, oldest first */
export function seededOrder(index: number, count: number): SeededOrder {
  // Each customer's orders are spread over the year.
  const customer = scattered(index) % Math.ceil(count / ORDERS_PER_CUSTOMER);
  const [givenName, familyName] = [nameOf(scattered(customer + 1)), nameOf(scattered(customer + 500_009))];
  return {
    orderId: idAt(placedAt(index, count), index),
    customerId: `C-${customer}`,
    email: `${givenName}.${familyName}.${customer}@example.com`,
    givenName,
    familyName,
    sku: skuOf(scattered(index + 3)),
  };
}

/** The order's view, folded and projected from its stream. */
export function rowsOf(index: number, count: number): OrderRows {
  const { orderId, customerId, email, givenName, familyName, sku } = seededOrder(index, count);
  const name = `${givenName} ${familyName}`;
  const placed = created([line(sku), line(skuOf(scattered(index + 11)), 2)]);
  const { data } = placed;
  const first = {
    ...placed,
    data: {
      ...data,
      customerId: customerId as CustomerId,
      customer: { name, email },
      shippingAddress: { ...data.shippingAddress, name },
    },
  };
  const course = COURSES[Math.min(scattered(index + 5) % 10, COURSES.length - 1)]!;
  const stream = streamOf([first, ...course], orderId).map((event, second) => ({
    ...event,
    occurredAt: new Date(placedAt(index, count) + second * 1_000).toISOString(),
  }));
  const order = fold(stream);
  if (order.status === 'none') throw new Error('A seeded order has no beginning.');
  const view = viewOf(order);
  return {
    log: stream.map((event) => eventPut(ORDER, '', event).Item),
    view: { ...rowOf(view) },
    search: searchRows(view, [...termsOf(view), ...listsOf(view)]),
  };
}

/** Where an order is in a list. */
export const placeOf = (index: number, count: number): PlaceInList => ({
  createdAt: new Date(placedAt(index, count)).toISOString(),
  orderId: seededOrder(index, count).orderId,
});

/** A number that looks unrelated to `value` (a multiplicative hash of 32 bits). */
export function scattered(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 3;
}

const placedAt = (index: number, count: number): number => OPENED + Math.floor((index * YEAR_MS) / count);

const skuOf = (hash: number): string => `ART-${String(hash % ARTICLES).padStart(4, '0')}`;

function nameOf(hash: number): string {
  const number = hash % NAMES;
  return [number, Math.floor(number / 12), Math.floor(number / 144)].map((digit) => SYLLABLES[digit % 12]!).join('');
}

/** A UUID of version 7, as orders without an idempotency key have. */
function idAt(ms: number, index: number): OrderId {
  const time = ms.toString(16).padStart(12, '0');
  const rest = index.toString(16).padStart(12, '0');
  return parseOrderId(`${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest}`);
}
