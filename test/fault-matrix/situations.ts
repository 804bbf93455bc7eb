/** What becomes of the order beside the fault: how its customer and its goods are, and what is asked for when. */
import type { CancellationReason } from '../../functions/published/order-events.ts';
import type { Configuration } from '../../functions/shared/configuration/document.ts';
import { CANCELLATION_SAGA, ITEMS_CHANGE, ORDER_SAGA, type Saga } from '../support/saga/definition.ts';
import { pathFrom } from '../support/saga/order-saga.ts';
import type { Will } from './methods/method.ts';
import { type Goods, SKU } from './world.ts';

export type Change = 'more' | 'fewer' | 'too many';

/** What happens just before a Task is entered for the first time. */
export interface Moment {
  readonly before: string;
  readonly happens: 'cancellation' | Change | 'hold expires' | 'goods come';
}

/** What the order comes to without a fault. */
export interface End {
  readonly status: 'processing' | 'delivered' | 'cancelled';
  /** Why it is cancelled. */
  readonly reasons?: readonly CancellationReason[];
  /** What becomes of a change of its items. */
  readonly change?: 'made' | 'refused' | 'either';
  /** The units of each article and location that are kept for the order or sold. @default it does not matter which */
  readonly keeps?: Goods;
}

export interface Situation {
  readonly name: string;
  /** Whose Tasks are tried in it. */
  readonly saga: Saga;
  readonly will: Will;
  /** The units of each article that the order wants, by SKU. @default 2 */
  readonly wants?: Goods;
  /** Units on sale. @default 5 at the usual location */
  readonly stock?: Goods;
  /** What the shop has set otherwise than by default. */
  readonly settings?: Partial<Configuration['inventory']>;
  /** What comes once the order waits for goods. @default nothing */
  readonly goodsCome?: Goods;
  readonly postalCode?: string;
  readonly moments?: readonly Moment[];
  /** The customer cancels once the order is confirmed, or waits for goods. */
  readonly cancelledOnce?: 'processing' | 'backordered';
  /** The order never comes to its payment, so that it is tried with one method only. @default it is tried with all of them */
  readonly beforePayment?: true;
  /** What becomes of a confirmed order's parcel: it is delivered, and one unit of it comes back. @default it stays in the warehouse */
  readonly parcel?: 'is delivered' | 'comes back in part';
  /** The customer's bank does not take the first refund that was made: it fails later. */
  readonly refundFailsLater?: true;
  /** This Task finds the platform in trouble for two minutes, so that its saga waits: only waits are tried in it. */
  readonly awayAt?: string;
  readonly end: End;
}

const CONFIRMED: End = { status: 'processing' };
const DELIVERED: End = { status: 'delivered' };
const cancelled = (...reasons: CancellationReason[]): End => ({ status: 'cancelled', reasons });
const BY_CUSTOMER = cancelled('customer_request');

const forward = pathFrom(ORDER_SAGA, ORDER_SAGA.definition.StartAt);
const LAST = forward.at(-1)!;
/** While goods and payment are held, and before the parcel is booked. */
const CHANGED_BEFORE = 'CreateShipment';

const ordering = { saga: ORDER_SAGA, will: 'pays' } as const;
const cancelledBefore = (state: string): Situation => ({
  ...ordering,
  name: `cancelled-before-${state}`,
  moments: [{ before: state, happens: 'cancellation' }],
  end: BY_CUSTOMER,
});

const ORDERS: readonly Situation[] = [
  { ...ordering, name: 'happy', end: CONFIRMED },
  { ...ordering, name: 'declined', will: 'is refused', end: cancelled('payment_declined', 'payment_not_made') },
  { ...ordering, name: 'out-of-stock', stock: { [SKU]: 1 }, end: cancelled('out_of_stock') },
  { ...ordering, name: 'address-refused', postalCode: '000000', end: cancelled('address_refused') },
  { ...ordering, name: 'challenged', will: 'pays late', end: CONFIRMED },
  { ...ordering, name: 'abandoned', will: 'leaves', end: cancelled('payment_not_made') },
  {
    ...ordering,
    name: 'hold-expired',
    moments: [{ before: 'AuthorisePayment', happens: 'hold expires' }],
    end: cancelled('reservation_expired'),
  },
  { ...ordering, name: 'delivered', parcel: 'is delivered', end: DELIVERED },
  { ...ordering, name: 'returned-in-part', parcel: 'comes back in part', end: DELIVERED },
  { ...ordering, name: 'refund-fails-later', parcel: 'comes back in part', refundFailsLater: true, end: DELIVERED },
  ...forward.map(cancelledBefore),
  { ...cancelledBefore('AwaitPayment'), will: 'leaves' },
];

const waiting = {
  ...ordering,
  stock: { [SKU]: 1 },
  settings: { whenShort: 'backorder', backorderDays: 1 },
} as const satisfies Partial<Situation>;
const BEYOND = 'TEAPOT-1L';

/** There is too little of the goods, in shops that do not refuse such orders. */
const SHORT: readonly Situation[] = [
  { ...waiting, name: 'backorder', goodsCome: { [SKU]: 1 }, end: CONFIRMED },
  {
    ...waiting,
    name: 'backorder-filled-before-AwaitGoods',
    goodsCome: { [SKU]: 1 },
    moments: [{ before: 'AwaitGoods', happens: 'goods come' }],
    end: CONFIRMED,
  },
  { ...waiting, name: 'backorder-cancelled', beforePayment: true, cancelledOnce: 'backordered', end: BY_CUSTOMER },
  { ...waiting, ...cancelledBefore('AwaitGoods'), beforePayment: true },
  {
    ...waiting,
    name: 'backorder-changed',
    moments: [{ before: 'AwaitGoods', happens: 'fewer' }],
    end: { ...CONFIRMED, keeps: { [SKU]: 1 } },
  },
  { ...waiting, name: 'backorder-expired', beforePayment: true, end: cancelled('backorder_expired') },
  {
    ...waiting,
    name: 'backorder-filled-too-late',
    beforePayment: true,
    goodsCome: { [SKU]: 1 },
    moments: ['ReleaseInventory', 'CancelOrder'].map((before) => ({ before, happens: 'goods come' })),
    end: cancelled('backorder_expired'),
  },
  {
    ...ordering,
    name: 'partial',
    wants: { [SKU]: 2, [BEYOND]: 2 },
    stock: { [SKU]: 5, [BEYOND]: 1 },
    settings: { whenShort: 'partial' },
    end: { ...CONFIRMED, keeps: { [SKU]: 2, [BEYOND]: 1 } },
  },
];

const locations = {
  main: { priority: 1, active: true },
  north: { priority: 2, active: true },
  south: { priority: 3, active: true },
};
/** No location has the two units that the order wants. */
const SPREAD = {
  stock: { [SKU]: 1, [`${SKU}@north`]: 1, [`${SKU}@south`]: 1 },
  settings: { locations },
} as const satisfies Partial<Situation>;

const AT_BOTH: Goods = { [SKU]: 1, [`${SKU}@north`]: 1 };
const TWO_LOCATIONS: readonly Situation[] = [
  { ...ordering, ...SPREAD, name: 'two-locations', end: { ...CONFIRMED, keeps: AT_BOTH } },
  { ...ordering, ...SPREAD, name: 'two-locations-returned-in-part', parcel: 'comes back in part', end: DELIVERED },
];

const cancelledWhenConfirmed = {
  name: 'cancelled-when-confirmed',
  saga: CANCELLATION_SAGA,
  will: 'pays',
  cancelledOnce: 'processing',
  end: BY_CUSTOMER,
} as const satisfies Situation;
const CANCELLATIONS: readonly Situation[] = [
  cancelledWhenConfirmed,
  { ...cancelledWhenConfirmed, name: 'cancelled-and-refund-fails-later', refundFailsLater: true },
  { ...cancelledWhenConfirmed, ...SPREAD, name: 'two-locations-cancelled-when-confirmed' },
];

const changing = { saga: ITEMS_CHANGE, will: 'pays' } as const;
const change = (name: string, happens: Change, result: End['change'], more: Partial<Situation> = {}): Situation => ({
  ...changing,
  name,
  moments: [{ before: CHANGED_BEFORE, happens }],
  end: { ...CONFIRMED, ...(result && { change: result }) },
  ...more,
});
const CHANGES: readonly Situation[] = [
  change('more-units', 'more', 'either'),
  change('fewer-units', 'fewer', 'made'),
  change('too-many-units', 'too many', 'refused'),
  change('two-locations-more-units', 'more', 'either', SPREAD),
  change('two-locations-fewer-units', 'fewer', 'made', SPREAD),
  change('raise-declined', 'more', 'refused', { will: 'pays no more' }),
  ...pathFrom(ITEMS_CHANGE, ITEMS_CHANGE.definition.StartAt).map((before) =>
    change(`changed-and-cancelled-before-${before}`, 'fewer', 'either', {
      moments: [
        { before: CHANGED_BEFORE, happens: 'fewer' },
        { before, happens: 'cancellation' },
      ],
      end: { ...BY_CUSTOMER, change: 'either' },
    }),
  ),
];

/** A situation in which the saga gets to each Task that can lead to a wait. */
const reaching = (saga: Saga, state: string): Situation | undefined => {
  if (saga === ORDER_SAGA) return forward.includes(state) ? ORDERS[0] : cancelledBefore(LAST);
  return saga === CANCELLATION_SAGA ? CANCELLATIONS[0] : CHANGES.find(({ name }) => name === 'too-many-units');
};

const AWAY: readonly Situation[] = [ORDER_SAGA, CANCELLATION_SAGA, ITEMS_CHANGE].flatMap((saga) =>
  saga.steps.flatMap((state) => {
    const base = reaching(saga, state);
    return base ? [{ ...base, name: `${base.name}-and-${state}-waits`, saga, awayAt: state }] : [];
  }),
);

export const SITUATIONS: readonly Situation[] = [
  ...ORDERS,
  ...SHORT,
  ...TWO_LOCATIONS,
  ...CANCELLATIONS,
  ...CHANGES,
  ...AWAY,
];
