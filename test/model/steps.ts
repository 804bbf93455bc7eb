/**
 * The contract of each step of the order saga, as functions/…/application keeps it: what it reads, what it does at its partner, and
 * what it records afterwards. Between the two anything may happen.
 */
import { type Call, type Fact, has, type Order, withFact, withSent } from './order.ts';

/** What has become of stock and order when the partner has answered. */
export interface Begun {
  readonly free: number;
  readonly order: Order;
  /** The step throws, and records nothing. */
  readonly error?: string;
  /** What is to be recorded, then thrown. Absent: the step is done. */
  readonly answered?: NonNullable<Call['answered']>;
}

export interface StepInput {
  readonly attempt: number;
  readonly reason: string;
  readonly unfinished: readonly { readonly step: string }[];
  readonly only?: readonly string[];
}

/** Every way in which the step's call can go, as its partner is free to decide. */
export type Step = (free: number, order: Order, input: StepInput) => readonly Begun[];

/** Forward steps do nothing for an order that is to be cancelled. */
const stopped = (order: Order, { attempt }: StepInput): string | undefined =>
  has(order, 'requested') || has(order, 'cancelled')
    ? attempt === 0
      ? 'CancellationRequested'
      : 'CancellationAfterAttempt'
    : undefined;

const forward =
  (step: Step): Step =>
  (free, order, input) => {
    const error = stopped(order, input);
    return error === undefined ? step(free, order, input) : [{ free, order, error }];
  };

/** A confirmed order is undone only after a request. */
const isToBeUndone = (order: Order): boolean =>
  has(order, 'requested') || has(order, 'cancelled') || !has(order, 'confirmed');

const compensation =
  (name: string, step: Step): Step =>
  (free, order, input) =>
    input.only?.includes(name) === false || !isToBeUndone(order) ? [{ free, order }] : step(free, order, input);

const told = (fact: Fact, refusal?: string): Begun['answered'] => ({ fact, ...(refusal && { refusal }) });
const refused = (refusal: string): Begun['answered'] => ({ refusal });
const of = (free: number, order: Order, answered?: Begun['answered']): Begun => ({
  free,
  order,
  ...(answered && { answered }),
});

export const STEPS: Readonly<Record<string, Step>> = {
  // The reservation and its event are one transaction.
  ReserveInventory: forward((free, order) => {
    if (order.goods === 'held' || order.goods === 'sold') return [of(free, order)];
    if (order.goods === 'short') return [{ free, order, error: 'OutOfStock' }];
    if (order.goods !== 'none') return [{ free, order, error: 'ReservationReleased' }];
    if (free === 0) return [{ free, order: { ...order, goods: 'short' }, error: 'OutOfStock' }];
    return [of(free - 1, { ...order, goods: 'held' })];
  }),
  AuthorisePayment: forward((free, before) => {
    const order = withSent(before, 'AuthorisePayment');
    switch (order.payment) {
      case 'none':
        return [
          of(free, { ...order, payment: 'authorised' }, told('authorised')),
          of(free, { ...order, payment: 'declined' }, told('declined', 'PaymentDeclined')),
        ];
      case 'pending':
        return [of(free, order, refused('PaymentPending'))];
      case 'authorised':
      case 'captured':
        return [of(free, order, told('authorised'))];
      case 'declined':
        return [of(free, order, told('declined', 'PaymentDeclined'))];
      default:
        return [of(free, order, refused('PaymentVoided'))];
    }
  }),
  CreateShipment: forward((free, before) => {
    const order = withSent(before, 'CreateShipment');
    switch (order.parcel) {
      case 'none':
        return [
          of(free, { ...order, parcel: 'booked' }, told('arranged')),
          of(free, { ...order, parcel: 'refused' }, refused('AddressRefused')),
        ];
      case 'booked':
        return [of(free, order, told('arranged'))];
      case 'refused':
        return [of(free, order, refused('AddressRefused'))];
      default:
        return [of(free, order, refused('ShipmentWithdrawn'))];
    }
  }),
  CapturePayment: forward((free, order) => {
    switch (order.payment) {
      case 'authorised':
        return [of(free, { ...order, payment: 'captured', taken: order.taken + 1 }, told('captured'))];
      case 'captured':
        return [of(free, order, told('captured'))];
      case 'declined':
        return [of(free, order, refused('PaymentDeclined'))];
      case 'none':
      case 'pending':
        return [of(free, order, refused('PaymentNotAuthorised'))];
      default:
        return [of(free, order, refused('PaymentVoided'))];
    }
  }),
  ConfirmOrder: (free, order) => {
    if (has(order, 'requested') || has(order, 'cancelled')) return [{ free, order, error: 'CancellationRequested' }];
    if (!has(order, 'captured') || !has(order, 'arranged')) return [{ free, order, error: 'Error' }];
    return [of(free, withFact(order, 'confirmed'))];
  },
  CancelShipment: compensation('CancelShipment', (free, before) => {
    const order = withSent(before, 'CancelShipment');
    switch (order.parcel) {
      case 'booked':
      case 'cancelled':
        return [of(free, { ...order, parcel: 'cancelled' }, told('shipmentCancelled'))];
      case 'none':
        return [of(free, { ...order, parcel: 'withdrawn' })];
      default:
        return [of(free, order)];
    }
  }),
  VoidPayment: compensation('VoidPayment', (free, before) => {
    const order = withSent(before, 'VoidPayment');
    switch (order.payment) {
      case 'authorised':
      case 'voided':
        return [of(free, { ...order, payment: 'voided' }, told('voided'))];
      case 'captured':
        return [of(free, { ...order, payment: 'refunded', returned: order.returned + 1 }, told('refunded'))];
      case 'refunded':
        return [of(free, order, told('refunded'))];
      case 'none':
      case 'pending':
        return [of(free, { ...order, payment: 'closed' })];
      default:
        return [of(free, order)];
    }
  }),
  ReleaseInventory: compensation('ReleaseInventory', (free, order) => {
    switch (order.goods) {
      case 'held':
        return [of(free + 1, { ...order, goods: 'released' })];
      case 'none':
      case 'waiting':
        return [of(free, { ...order, goods: 'forbidden' })];
      case 'sold':
        return [{ free, order, error: 'ReservationNotHeld' }];
      default:
        return [of(free, order)];
    }
  }),
  CancelOrder: (free, order, { reason, unfinished }) => {
    const isProcessing = has(order, 'confirmed') && !has(order, 'requested');
    if (isProcessing) return [{ free, order, error: 'IllegalOrderTransition' }];
    const cancelled = { ...withFact(order, 'cancelled'), reason: order.reason ?? reason };
    return [unfinished.length > 0 ? { free, order: cancelled, error: 'CompensationUnfinished' } : of(free, cancelled)];
  },
};

/** The same where banks may ask their customers who pays: each order then has many more ways to go. */
export const CHALLENGED_STEPS: typeof STEPS = {
  ...STEPS,
  AuthorisePayment: (free, order, input) => {
    const ways = STEPS['AuthorisePayment']!(free, order, input);
    const asksForPayment = order.payment === 'none' && ways.some(({ answered }) => answered?.fact === 'authorised');
    const { order: sent } = ways[0]!;
    const pending = of(free, { ...sent, payment: 'pending' }, refused('PaymentPending'));
    return asksForPayment ? [...ways, pending] : ways;
  },
};

/** The same where orders wait for goods of which there is too little. */
export const BACKORDERING_STEPS: typeof STEPS = {
  ...STEPS,
  ReserveInventory: (free, order, input) => {
    const isUndecided = order.goods === 'none' || order.goods === 'waiting';
    const tried = isUndecided ? ({ ...order, goods: 'none' } as const) : order;
    return STEPS['ReserveInventory']!(free, tried, input).map((begun) => {
      if (begun.error === undefined) return begun;
      if (begun.error !== 'OutOfStock' || !isUndecided) return { ...begun, order };
      return { free, order: withFact({ ...order, goods: 'waiting' }, 'backordered'), error: 'Backordered' };
    });
  },
};
