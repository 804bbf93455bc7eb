/** The filters of the list of orders, as they stand in the address. */
import { minorUnitsIn } from '../format/money.ts';

/** Texts, as they are typed; empty where nothing is asked for. Days are those of the calendar in UTC, such as 2026-01-31. */
export interface Filters {
  readonly status: string;
  readonly method: string;
  readonly payment: string;
  readonly shipment: string;
  readonly reason: string;
  readonly parked: string;
  readonly currency: string;
  /** In major units, such as 88.00. */
  readonly min: string;
  readonly max: string;
  readonly from: string;
  readonly to: string;
}

export const NO_FILTERS: Filters = {
  status: '',
  method: '',
  payment: '',
  shipment: '',
  reason: '',
  parked: '',
  currency: '',
  min: '',
  max: '',
  from: '',
  to: '',
};
const NAMES = Object.keys(NO_FILTERS) as (keyof Filters)[];
/** What the orders of one customer can be filtered by. */
const OF_CUSTOMER: readonly string[] = ['status', 'from', 'to'];

export const filtersIn = (parameters: URLSearchParams): Filters =>
  Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? ''])) as unknown as Filters;

export const isFiltered = (filters: Filters): boolean => NAMES.some((name) => filters[name] !== '');

/** The address of the list with these filters alone. */
export function hrefOf(filters: Partial<Filters>): string {
  const given = NAMES.flatMap((name): [string, string][] => (filters[name] ? [[name, filters[name]]] : []));
  return given.length === 0 ? '/orders' : `/orders?${new URLSearchParams(given).toString()}`;
}

/** Whether an amount is asked for that cannot be read, or whose currency is missing. */
export const isAmountUnclear = ({ min, max, currency }: Filters): boolean =>
  [min, max].some((text) => text !== '' && amountIn(text, currency) === undefined);

const amountIn = (text: string, currency: string): number | undefined =>
  /^[A-Z]{3}$/.test(currency) ? minorUnitsIn(text, currency) : undefined;

export const forCustomer = (filters: Filters) =>
  Object.fromEntries(Object.entries(filters).filter(([name]) => OF_CUSTOMER.includes(name)));

/** The parameters of the API for all orders; amounts that cannot be read are left out. */
export const forAll = ({ method, payment, shipment, min, max, currency, ...same }: Filters) => ({
  ...same,
  currency: /^[A-Z]{3}$/.test(currency) ? currency : '',
  paymentMethod: method,
  paymentStatus: payment,
  shipmentStatus: shipment,
  minTotal: min === '' ? undefined : amountIn(min, currency),
  maxTotal: max === '' ? undefined : amountIn(max, currency),
});
