/** What the list of orders can be filtered by. The compiler holds that nothing is missing. */
import type { BrowsedOrder } from '../api/types.ts';

const valuesOf = <Value extends string>(all: Readonly<Record<Value, true>>): readonly string[] => Object.keys(all);

export const METHODS = valuesOf<BrowsedOrder['paymentMethod']>({
  card: true,
  alipay: true,
  wechat_pay: true,
  bank_transfer: true,
});
export const PAYMENTS = valuesOf<BrowsedOrder['paymentStatus']>({
  pending: true,
  declined: true,
  authorised: true,
  captured: true,
  voided: true,
  refunded: true,
});
export const SHIPMENTS = valuesOf<BrowsedOrder['shipmentStatus']>({ pending: true, arranged: true, cancelled: true });
export const REASONS = valuesOf<NonNullable<BrowsedOrder['reason']>>({
  customer_request: true,
  operator_request: true,
  rejected: true,
  out_of_stock: true,
  backorder_expired: true,
  reservation_expired: true,
  payment_declined: true,
  payment_not_made: true,
  address_refused: true,
  inventory_unavailable: true,
  payment_unavailable: true,
  carrier_unavailable: true,
});
