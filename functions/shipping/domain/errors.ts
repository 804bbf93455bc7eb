import { type ErrorRows, PARTNER_DEFECT, PASSING, REFUSAL } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

/** The errors of shipping. */
export const SHIPPING_ERRORS = {
  AddressRefused: REFUSAL,
  ShipmentWithdrawn: REFUSAL,
  ShipmentRequestRefused: PARTNER_DEFECT,
  CarrierUnavailable: PASSING,
  ShipmentOutcomeUnknown: PASSING,
} as const satisfies ErrorRows;

/** The carrier does not deliver to the address; nothing is booked, and asking again does not help. */
export class AddressRefused extends WaybillError {
  override readonly name = 'AddressRefused';
  override readonly errorClass = SHIPPING_ERRORS.AddressRefused;

  constructor(orderId: OrderId) {
    super(`The carrier refuses the address of order ${orderId}.`, { data: { orderId } });
  }
}

/** The shipment was cancelled before this step arrived; nothing is booked, and nothing ever will be. */
export class ShipmentWithdrawn extends WaybillError {
  override readonly name = 'ShipmentWithdrawn';
  override readonly errorClass = SHIPPING_ERRORS.ShipmentWithdrawn;

  constructor(orderId: OrderId) {
    super(`The shipment of order ${orderId} was cancelled before this step arrived.`, { data: { orderId } });
  }
}

/** The carrier does not take the request as it is: a defect on one of the two sides. Nothing happened. */
export class ShipmentRequestRefused extends WaybillError {
  override readonly name = 'ShipmentRequestRefused';
  override readonly errorClass = SHIPPING_ERRORS.ShipmentRequestRefused;

  /** @param status the HTTP status, or whatever the carrier calls its refusal */
  constructor(orderId: OrderId, status: number | string) {
    super(`The carrier does not take the request for order ${orderId}: ${status}.`, { data: { orderId, status } });
  }
}

/** The carrier did not do it, or could not be asked; trying again is safe. */
export class CarrierUnavailable extends WaybillError {
  override readonly name = 'CarrierUnavailable';
  override readonly errorClass = SHIPPING_ERRORS.CarrierUnavailable;

  constructor(orderId: OrderId, cause?: unknown) {
    super(`The carrier did not do what order ${orderId} asked for.`, { data: { orderId }, cause });
  }
}

/**
 * The carrier may or may not have done it, and cannot be asked now. Not a failure: it must not be concluded that
 * nothing is booked.
 */
export class ShipmentOutcomeUnknown extends WaybillError {
  override readonly name = 'ShipmentOutcomeUnknown';
  override readonly errorClass = SHIPPING_ERRORS.ShipmentOutcomeUnknown;

  constructor(orderId: OrderId, cause?: unknown) {
    super(`The outcome of the shipment of order ${orderId} is not known yet.`, { data: { orderId }, cause });
  }
}
