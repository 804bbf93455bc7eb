/** What becomes of the order beside the fault: how its customer and its goods are, and what is asked for when. */
import type { CancellationReason } from '../../functions/published/order-events.ts';
import { CANCELLATION_SAGA, ITEMS_CHANGE, ORDER_SAGA, type Saga } from '../support/saga/definition.ts';
import { pathFrom } from '../support/saga/order-saga.ts';
import type { Will } from './methods/method.ts';

export type Change = 'more' | 'fewer' | 'too many';

/** What happens just before a Task is entered for the first time. */
export interface Moment {
  readonly before: string;
  readonly happens: 'cancellation' | Change | 'hold expires';
}

/** What the order comes to without a fault. */
export interface End {
  readonly status: 'processing' | 'delivered' | 'cancelled';
  /** Why it is cancelled. */
  readonly reasons?: readonly CancellationReason[];
  /** What becomes of a change of its items. */
  readonly change?: 'made' | 'refused' | 'either';
}

export interface Situation {
  readonly name: string;
  /** Whose Tasks are tried in it. */
  readonly saga: Saga;
  readonly will: Will;
  /** Units on sale; the order wants two. @default 5 */
  readonly stock?: number;
  readonly postalCode?: string;
  readonly moments?: readonly Moment[];
  /** The customer cancels once the order is confirmed. */
  readonly cancelledWhenConfirmed?: true;
  /** What becomes of a confirmed order's parcel: it is delivered, and one unit of it comes back. @default it stays in the warehouse */
  readonly parcel?: 'is delivered' | 'comes back in part';
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
  { ...ordering, name: 'out-of-stock', stock: 1, end: cancelled('out_of_stock') },
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
  ...forward.map(cancelledBefore),
  { ...cancelledBefore('AwaitPayment'), will: 'leaves' },
];

const CANCELLATIONS: readonly Situation[] = [
  {
    name: 'cancelled-when-confirmed',
    saga: CANCELLATION_SAGA,
    will: 'pays',
    cancelledWhenConfirmed: true,
    end: BY_CUSTOMER,
  },
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

export const SITUATIONS: readonly Situation[] = [...ORDERS, ...CANCELLATIONS, ...CHANGES, ...AWAY];
