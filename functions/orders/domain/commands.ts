/** Everything that can be asked of an order. Which statuses know which command is in `decide/`. */

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

/** A customer pressed buy. The lines are priced already, from the catalogue. */
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

/** An operator lets a held order go. */
export type ApproveOrder = ForOrder<'ApproveOrder'>;

/** An operator turns a held order down. */
export interface RejectOrder extends ForOrder<'RejectOrder'> {
  readonly comment?: string;
}

/** Until the shipment is arranged, the order can go elsewhere. */
export interface ChangeShippingAddress extends ForOrder<'ChangeShippingAddress'> {
  readonly shippingAddress: ShippingAddress;
}

/** Until the shipment is arranged, other items can be taken; they are priced already, from the catalogue. */
export interface ChangeItems extends ForOrder<'ChangeItems'>, PricedItems {
  readonly changeId: string;
  /** As on creation: a change must not avoid the review. */
  readonly reviewFrom?: number;
}

/** The change of items could not be carried out; the order stays as it was. */
export interface RefuseItemsChange extends ForOrder<'RefuseItemsChange'> {
  readonly changeId: string;
  readonly reason: ItemsChangeRefused['data']['reason'];
}

/** Somebody wants the order undone. */
export interface RequestCancellation extends ForOrder<'RequestCancellation'> {
  readonly reason: Extract<CancellationReason, 'customer_request' | 'operator_request'>;
  readonly comment?: string;
}

/** The saga went all the way. */
export type ConfirmOrder = ForOrder<'ConfirmOrder'>;

/** A saga gave up, or was asked to, and undid what it could. */
export interface CancelOrder extends ForOrder<'CancelOrder'> {
  /** Why the saga gave up; a cancellation that somebody asked for keeps its own reason. */
  readonly reason: CancellationReason;
  /** What could not be undone, with the error that stopped it. */
  readonly parked: readonly { readonly step: Compensation; readonly error: string }[];
}

/** The carrier has the parcel. */
export type ShipOrder = ForOrder<'ShipOrder'>;

/** The customer has the parcel. */
export type DeliverOrder = ForOrder<'DeliverOrder'>;

/** What a refund is to give back. */
export type RefundScope =
  /** All that is left. */
  | { readonly type: 'full' }
  /** What the customer paid for these units, each SKU once. */
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

/** The goods of a return have arrived: what was paid for them goes back. */
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
