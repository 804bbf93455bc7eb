/**
 * What must be true of all orders of a platform, of its stock and of its partners' ledgers when everything is at rest. Nothing
 * here knows how the platform works: only what an order may cost, and what it may come to.
 */
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { countOf, type Units } from '../../functions/shared/kernel/units.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import { type Account, accountOf, isBooked } from './ledgers.ts';
import type { Kind } from './load.ts';

export interface BookedOrder {
  readonly orderId: string;
  readonly kind: Kind;
  readonly events: readonly RecordedOrderEvent[];
}

/** Units of one article at one location. */
interface LocationStock {
  readonly location: string;
  /** Came in all, with the corrections of counts and the transfers. */
  readonly received: number;
  readonly available: number;
  readonly reserved: number;
  readonly sold?: number;
  readonly damaged?: number;
}

/** Units of one article. */
export interface Stock {
  readonly sku: string;
  /** Came in all, with the corrections of counts. */
  readonly received: number;
  readonly available: number;
  readonly reserved: number;
  /** Has left; absent before the first sale. */
  readonly sold?: number;
  /** Cannot be sold any more. @default none */
  readonly damaged?: number;
  /** As much of it as was not damaged when it came back. @default none */
  readonly damagedHere?: number;
  /** Where they are. @default it does not matter */
  readonly locations?: readonly LocationStock[];
}

interface Seen {
  readonly order: BookedOrder;
  readonly state: ExistingOrder;
}

export interface Books {
  readonly orders: readonly BookedOrder[];
  readonly stock: readonly Stock[];
  readonly gateway: readonly LedgerEntry[];
  readonly carrier: readonly LedgerEntry[];
}

/** What differs, by what it costs the shop. */
export interface Differences {
  /** Orders that ended as their customers did not ask for, such as cancelled because of an outage. */
  readonly lost: readonly string[];
  /** Orders that wait for a person although nothing of them needs one. */
  readonly parked: readonly string[];
  /** Money, parcels or stock that do not agree with the orders. */
  readonly books: readonly string[];
}

export const stateOf = ({ events }: BookedOrder): ExistingOrder => fold(events) as ExistingOrder;

export function differencesIn({ orders, stock, gateway, carrier }: Books): Differences {
  const byKey = Map.groupBy(gateway, ({ key }) => key);
  const parcels = [...Map.groupBy(carrier, ({ key }) => key)];
  const booked = Map.groupBy(
    parcels.flatMap(([key, entries]) => (isBooked(entries) ? [key] : [])),
    orderOfKey,
  );
  const seen = orders.map((order) => ({
    order,
    state: stateOf(order),
    account: accountOf(byKey.get(order.orderId) ?? []),
    booked: booked.get(order.orderId) ?? [],
  }));
  const known = new Set(orders.map(({ orderId }) => orderId));
  const strangers = [...byKey.keys(), ...parcels.map(([key]) => orderOfKey(key))].filter((key) => !known.has(key));
  return {
    lost: seen.flatMap(({ order, state }) => lostIn(order, state).map(of(order))),
    parked: seen.flatMap(({ order, state }) => parkedIn(order, state).map(of(order))),
    books: [
      ...seen.flatMap(({ order, state, account, booked }) => [
        ...moneyOf(order, state, account).map(of(order)),
        ...parcelOf(state, booked).map(of(order)),
      ]),
      ...strangers.map((key) => `A partner has an account of ${key}, which is no order.`),
      ...stock.flatMap((article) => stockOf(article, seen)),
    ],
  };
}

const of =
  ({ orderId, kind }: BookedOrder) =>
  (difference: string): string =>
    `${orderId} (${kind.name}): ${difference}`;

function lostIn({ kind }: BookedOrder, { status, ...order }: ExistingOrder): string[] {
  const { ends = ['processing'], reasons = [] } = kind;
  if (!ends.includes(status)) return [`ended ${status}${'reason' in order ? `, ${order.reason}` : ''}`];
  const failed = order.refunds.filter((refund) => refund.status !== 'refunded' && !kind.undoFails);
  return [
    ...('reason' in order && !reasons.includes(order.reason) ? [`was cancelled for ${order.reason}`] : []),
    ...failed.map(({ status: refund }) => `has a refund that is ${refund}`),
    ...(order.itemsChange ? ['waits for a change of its items'] : []),
  ];
}

function parkedIn({ kind, events }: BookedOrder, { parked }: ExistingOrder): string[] {
  if (kind.undoFails || kind.needsPerson) return [];
  const tasks = events.flatMap((event) =>
    event.type === 'TaskOpened' ? [`a task of kind ${event.data.kind} for ${event.data.error}`] : [],
  );
  const found = [...parked.map(({ step, error }) => `${step} with ${error}`), ...tasks];
  return found.length === 0 ? [] : [`has parked ${found.join(', ')}`];
}

/** One payment at most; what the order owes was taken, once, and all else was given back; the stream says the same. */
function moneyOf({ kind }: BookedOrder, state: ExistingOrder, account: Account): string[] {
  const { payment } = state;
  const isKept = payment.status === 'captured' || payment.status === 'refunded';
  const owed = isKept ? payment.amount.amount - payment.refunded.amount : 0;
  const expected = state.status === 'cancelled' ? 0 : owed;
  return [
    ...(account.authorisations > 1 ? [`was authorised ${account.authorisations} times`] : []),
    ...(account.captures > 1 ? [`was captured ${account.captures} times`] : []),
    ...(kind.undoFails || account.held === 0 ? [] : [`has ${account.held} still held at the gateway`]),
    ...(kind.undoFails || account.taken === expected
      ? []
      : [`is ${state.status}, owes ${expected}, and the gateway took ${account.taken}`]),
  ];
}

const DELIVERED = ['processing', 'shipped', 'delivered', 'refunded'];

/** The order of a shipment, whose id begins with it. */
const orderOfKey = (key: string): string => key.slice(0, 36);

/** @param booked the keys of what the carrier is to send */
function parcelOf({ status, shipments }: ExistingOrder, booked: readonly string[]): string[] {
  const wanted = DELIVERED.includes(status) ? shipments.map(({ shipmentId }): string => shipmentId) : [];
  return [
    ...wanted.filter((key) => !booked.includes(key)).map((key) => `is ${status}, and lacks a booking of ${key}`),
    ...booked.filter((key) => !wanted.includes(key)).map((key) => `is ${status}, and has a booking of ${key}`),
  ];
}

/** Every unit is on sale, kept for an order, damaged, or has left with a parcel and did not come back. */
function stockOf(article: Stock, seen: readonly Seen[]): string[] {
  const { sku, received, available, reserved, sold = 0, damaged = 0, damagedHere = 0 } = article;
  const unitsIn = (lines: readonly Units[]) => countOf(sku as Sku, lines);
  const unitsOf = (hasLeft: boolean) =>
    seen
      .filter(({ order, state }) => DELIVERED.includes(state.status) && wasShipped(order) === hasLeft)
      .reduce((sum, { state }) => sum + unitsIn(state.lines), 0);
  const returns = seen.flatMap(({ order }) => order.events.filter((event) => event.type === 'ReturnReceived'));
  const cameBack = returns.reduce((sum, { data }) => sum + unitsIn(data.accepted), 0);
  const [kept, left] = [unitsOf(false), unitsOf(true) - cameBack];
  const broken = damagedHere + returns.reduce((sum, { data }) => sum + unitsIn(data.damaged ?? []), 0);
  const agrees = reserved === kept && sold === left && damaged === broken;
  return [
    ...(agrees && available === received - kept - left - broken
      ? []
      : [
          `${sku}: of ${received}, ${kept} are kept for orders, ${left} have left for good and ${broken} are damaged; ` +
            `${available} are on sale, ${reserved} are reserved, ${sold} are sold and ${damaged} are damaged in the counts.`,
        ]),
    ...(article.locations ?? []).flatMap((here) => locationOf(sku, here)),
  ];
}

/** Nothing goes from one location to another but by a transfer. */
function locationOf(
  sku: string,
  { location, received, available, reserved, sold = 0, damaged = 0 }: LocationStock,
): string[] {
  return available >= 0 && available + reserved + sold + damaged === received
    ? []
    : [
        `${sku} at ${location}: of ${received}, ${available} are on sale, ${reserved} are reserved, ${sold} are sold and ${damaged} are damaged.`,
      ];
}

const wasShipped = ({ events }: BookedOrder): boolean => events.some(({ type }) => type === 'OrderShipped');
