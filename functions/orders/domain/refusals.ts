import type { Sku } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { AmountNotTaken } from './payable-amounts.ts';
import type { OrderStatus, Payment, Return, Shipment } from './state.ts';

/** The command is not possible in the order's status. */
export interface IllegalTransition {
  readonly kind: 'illegal-transition';
  /** The type of the command. */
  readonly command: string;
  readonly from: OrderStatus;
  /** The status that the command leads to; absent for a command that changes no status. */
  readonly to: OrderStatus | 'unchanged';
  /** The statuses in which the command is possible. */
  readonly allowedIn: readonly OrderStatus[];
}

/** The reason why a command that is possible in the order's status is refused nevertheless. */
export type Refusal =
  | IllegalTransition
  /** An order with this id exists already. */
  | { readonly kind: 'order-exists' }
  /** Only an order whose payment is captured and whose shipment is arranged can be confirmed. */
  | { readonly kind: 'incomplete'; readonly payment: Payment['status']; readonly shipment: Shipment['status'] }
  /** The parcel is packed and addressed: what it holds and where it goes stays as it is. */
  | { readonly kind: 'shipment-arranged' }
  | { readonly kind: 'unknown-shipment'; readonly shipmentId: string }
  /** The parcel is still where it was packed. */
  | { readonly kind: 'shipment-not-handed-over'; readonly shipmentId: string }
  /** Another change of items is being carried out. */
  | { readonly kind: 'change-pending'; readonly changeId: string }
  /** The total would be so high that an operator would have to approve it first. */
  | { readonly kind: 'needs-review'; readonly reviewFrom: number }
  /** The method of payment of the order could not charge, or refund, the amount. */
  | AmountNotTaken
  | { readonly kind: 'currency-differs'; readonly expected: string; readonly got: string }
  /** More units than are left to refund. */
  | { readonly kind: 'too-many-units'; readonly sku: string; readonly wanted: number; readonly left: number }
  | { readonly kind: 'refund-exceeds-payment'; readonly wanted: Money; readonly left: Money }
  /** All of the payment went back or is about to. */
  | { readonly kind: 'nothing-to-refund' }
  /** The customer paid nothing for these articles. */
  | { readonly kind: 'nothing-paid'; readonly skus: readonly Sku[] }
  /** Nothing would be left of the payment of an order whose parcel has not left. */
  | { readonly kind: 'cancel-instead' }
  | { readonly kind: 'unknown-return'; readonly returnId: string }
  /** The goods were delivered, ISO 8601, more days ago than they can be sent back. */
  | { readonly kind: 'return-window-over'; readonly days: number; readonly deliveredAt: string }
  /** All units of the return are decided. */
  | { readonly kind: 'return-closed'; readonly returnId: string; readonly status: Return['status'] }
  /** More units than the return still waits for. */
  | { readonly kind: 'more-than-undecided'; readonly sku: string; readonly wanted: number; readonly left: number };
