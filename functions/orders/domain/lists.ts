/** The lists that an order is on: by what operators look through all orders, newest first. Pure. */
import { CANCELLATION_REASONS, ORDER_STATUSES, PAYMENT_METHODS } from '../../published/order-events.ts';
import type { OrderView } from './order-view.ts';
import { isToBePacked } from './packing.ts';
import type { Term } from './search/terms.ts';

/** Part of the API. */
export const PAYMENT_STATUSES = [
  'pending',
  'declined',
  'authorised',
  'captured',
  'voided',
  'refunded',
] as const satisfies readonly OrderView['payment']['status'][];
/** Part of the API. */
export const SHIPMENT_STATUSES = [
  'pending',
  'arranged',
  'cancelled',
] as const satisfies readonly OrderView['shipment']['status'][];

/** Every list, by what it is about. */
export const LISTS = {
  all: ['orders'],
  status: ORDER_STATUSES,
  paymentMethod: PAYMENT_METHODS,
  paymentStatus: PAYMENT_STATUSES,
  shipmentStatus: SHIPMENT_STATUSES,
  reason: CANCELLATION_REASONS,
  needs: ['person', 'packing'],
} as const;
export type ListName = keyof typeof LISTS;
export type ListKind = `list:${ListName}`;

/** A list, as an order is entered in the index. */
export interface ListTerm {
  readonly kind: ListKind;
  readonly text: string;
}
/** Whatever an order is entered under. */
export type IndexTerm = Term | ListTerm;

/** What an order has to be, or to have, to be shown. */
export interface OrderFilter {
  readonly status?: OrderView['status'] | undefined;
  readonly paymentMethod?: OrderView['payment']['method'] | undefined;
  readonly paymentStatus?: OrderView['payment']['status'] | undefined;
  readonly shipmentStatus?: OrderView['shipment']['status'] | undefined;
  readonly reason?: OrderView['reason'] | undefined;
  /** Whether a compensation of it is parked. */
  readonly parked?: true | undefined;
  readonly currency?: string | undefined;
  /** In minor units of the currency; both are inclusive. */
  readonly minTotal?: number | undefined;
  readonly maxTotal?: number | undefined;
}

const list = (name: ListName, text: string): ListTerm => ({ kind: `list:${name}`, text });
/** The list of all orders. */
export const ALL: ListTerm = list('all', 'orders');
const PARKED: ListTerm = list('needs', 'person');
/** The list of orders of which a parcel is to be packed and handed over. */
export const TO_PACK: ListTerm = list('needs', 'packing');

/** The lists of an order: an order is found on each of them, at the time at which it was placed. */
export const listsOf = (view: OrderView): readonly ListTerm[] => [
  ALL,
  list('status', view.status),
  list('paymentMethod', view.payment.method),
  list('paymentStatus', view.payment.status),
  list('shipmentStatus', view.shipment.status),
  ...(view.reason === undefined ? [] : [list('reason', view.reason)]),
  ...(view.parked ? [PARKED] : []),
  ...(isToBePacked(view) ? [TO_PACK] : []),
];

/** The lists that every order of the filter is on. */
export const listsFor = ({
  status,
  paymentMethod,
  paymentStatus,
  shipmentStatus,
  reason,
  parked,
}: OrderFilter): readonly ListTerm[] => [
  ...(parked ? [PARKED] : []),
  ...(reason === undefined ? [] : [list('reason', reason)]),
  ...(status === undefined ? [] : [list('status', status)]),
  ...(paymentStatus === undefined ? [] : [list('paymentStatus', paymentStatus)]),
  ...(shipmentStatus === undefined ? [] : [list('shipmentStatus', shipmentStatus)]),
  ...(paymentMethod === undefined ? [] : [list('paymentMethod', paymentMethod)]),
  ALL,
];

/** Whether the order is what the filter asks for: on all of its lists, and of such an amount. */
export function isShownBy(filter: OrderFilter, view: OrderView): boolean {
  const names = new Set(listsOf(view).map(nameOfList));
  const { amount, currency } = view.total;
  return (
    listsFor(filter).every((each) => names.has(nameOfList(each))) &&
    currency === (filter.currency ?? currency) &&
    amount >= (filter.minTotal ?? amount) &&
    amount <= (filter.maxTotal ?? amount)
  );
}

/** Such as `status=held`. Counts are kept under these names, so that they must not change. */
export const nameOfList = ({ kind, text }: ListTerm): string => `${kind.slice('list:'.length)}=${text}`;

/** The list of the name. */
export function listOfName(name: string): ListTerm {
  const [about, text = ''] = name.split('=');
  return list(about as ListName, text);
}

/** How many orders are on each list, by its name; a list without any may be missing. */
export type Counts = ReadonlyMap<string, number>;

/** The shortest of the lists on which all orders of the filter are. */
export const shortestList = (filter: OrderFilter, counts: Counts): ListTerm => {
  const lengthOf = (each: ListTerm) => counts.get(nameOfList(each)) ?? 0;
  return listsFor(filter).reduce((shortest, each) => (lengthOf(each) < lengthOf(shortest) ? each : shortest));
};

/** An order that goes from some lists to others. */
export interface Relisting {
  readonly view: OrderView;
  /** The version and the lists that it is recorded with; undefined when it was on none. */
  readonly from: Listed | undefined;
  readonly to: readonly ListTerm[];
}

/** With which version an order was listed, and where. */
export interface Listed {
  readonly version: number;
  readonly lists: readonly ListTerm[];
}
