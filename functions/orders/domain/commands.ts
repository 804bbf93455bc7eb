/** Every command on an order. `decide/` says in which statuses each is possible. */

import type {
  CancellationReason,
  Compensation,
  Contact,
  ItemsChangeRefused,
  PaymentMethod,
  PricedItems,
  ShippingAddress,
} from '../../published/order-events.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';

interface ForOrder<Type extends string> {
  readonly type: Type;
  readonly orderId: OrderId;
}

/** A customer places an order. The lines are already priced, from the catalogue. */
export interface CreateOrder extends ForOrder<'CreateOrder'>, PricedItems {
  readonly customerId: CustomerId;
  readonly customer: Contact;
  readonly shippingAddress: ShippingAddress;
  readonly paymentMethod: PaymentMethod;
  /** SHA-256 (hex) of the request. */
  readonly requestHash: string;
  /** Orders of this total or more, in minor units, wait for approval; undefined: none do. */
  readonly reviewFrom?: number;
}

/** An operator approves a held order. */
export type ApproveOrder = ForOrder<'ApproveOrder'>;

/** An operator rejects a held order. */
export interface RejectOrder extends ForOrder<'RejectOrder'> {
  readonly comment?: string;
}

/** Until the shipment is arranged, the shipping address can change. */
export interface ChangeShippingAddress extends ForOrder<'ChangeShippingAddress'> {
  readonly shippingAddress: ShippingAddress;
}

/** Until the shipment is arranged, the items can change; the new ones are already priced, from the catalogue. */
export interface ChangeItems extends ForOrder<'ChangeItems'>, PricedItems {
  readonly changeId: string;
  /** As on creation: a change must not get around the approval. */
  readonly reviewFrom?: number;
}

/** The change of items could not be carried out; the order stays as it was. */
export interface RefuseItemsChange extends ForOrder<'RefuseItemsChange'> {
  readonly changeId: string;
  readonly reason: ItemsChangeRefused['data']['reason'];
}

/** A customer or an operator asks for the cancellation of the order. */
export interface RequestCancellation extends ForOrder<'RequestCancellation'> {
  readonly reason: Extract<CancellationReason, 'customer_request' | 'operator_request'>;
  readonly comment?: string;
}

/** Every step of the saga has succeeded. */
export type ConfirmOrder = ForOrder<'ConfirmOrder'>;

/** The saga has compensated, because a step failed or a cancellation was requested. */
export interface CancelOrder extends ForOrder<'CancelOrder'> {
  /** The reason of the failure; a requested cancellation keeps its own reason. */
  readonly reason: CancellationReason;
  /** The compensations that failed, each with its error. */
  readonly parked: readonly { readonly step: Compensation; readonly error: string }[];
}

/** The carrier has the parcel. */
export type ShipOrder = ForOrder<'ShipOrder'>;

/** The customer has the parcel. */
export type DeliverOrder = ForOrder<'DeliverOrder'>;

/** The object of a refund. */
export type RefundScope =
  /** The rest of the payment. */
  | { readonly type: 'full' }
  /** The price that the customer paid for these units, each SKU once. */
  | { readonly type: 'items'; readonly items: readonly Units[] }
  | { readonly type: 'amount'; readonly amount: Money };

export interface RefundOrder extends ForOrder<'RefundOrder'> {
  readonly refundId: string;
  readonly scope: RefundScope;
  readonly comment?: string;
}

/** The customer wants to send goods back. */
export interface RequestReturn extends ForOrder<'RequestReturn'> {
  readonly returnId: string;
  /** Each SKU once. */
  readonly items: readonly Units[];
  readonly comment?: string;
}

/** The goods of a return have arrived: their price is refunded. */
export interface ReceiveReturn extends ForOrder<'ReceiveReturn'> {
  readonly returnId: string;
  readonly refundId: string;
}

export type OrderCommand =
  | CreateOrder
  | ApproveOrder
  | RejectOrder
  | ChangeShippingAddress
  | ChangeItems
  | RefuseItemsChange
  | RequestCancellation
  | ConfirmOrder
  | CancelOrder
  | ShipOrder
  | DeliverOrder
  | RefundOrder
  | RequestReturn
  | ReceiveReturn;
export type OrderCommandType = OrderCommand['type'];
export type CommandOf<Type extends OrderCommandType> = Extract<OrderCommand, { readonly type: Type }>;
