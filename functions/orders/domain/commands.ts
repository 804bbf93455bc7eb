import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { CancellationReason, Compensation, OrderLine, PaymentMethod, ShippingAddress } from '../../shared/kernel/order-events.ts';

/** A customer pressed buy. The lines are priced already, from the catalogue. */
export interface CreateOrder {
  readonly type: 'CreateOrder';
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly lines: readonly OrderLine[];
  readonly shippingAddress: ShippingAddress;
  readonly paymentMethod: PaymentMethod;
  /** SHA-256 (hex) of the request. */
  readonly requestHash: string;
}

/** The saga went all the way. */
export interface ConfirmOrder {
  readonly type: 'ConfirmOrder';
  readonly orderId: OrderId;
}

/** The saga gave up and undid what it could. */
export interface CancelOrder {
  readonly type: 'CancelOrder';
  readonly orderId: OrderId;
  readonly reason: CancellationReason;
  /** What could not be undone, with the error that stopped it. */
  readonly parked: readonly { readonly step: Compensation; readonly error: string }[];
}
