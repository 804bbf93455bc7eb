import {
  type ErrorRows,
  PARTNER_DEFECT,
  PASSING,
  REFUSAL,
  WAITS_FOR_CUSTOMER,
} from '../../shared/kernel/error-class.ts';
import { classify, WaybillError } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

/** The errors of payments. */
export const PAYMENT_ERRORS = {
  PaymentDeclined: REFUSAL,
  PaymentVoided: REFUSAL,
  PaymentNotAuthorised: PARTNER_DEFECT,
  PaymentRequestRefused: PARTNER_DEFECT,
  PaymentGatewayUnavailable: PASSING,
  PaymentOutcomeUnknown: PASSING,
  PaymentPending: WAITS_FOR_CUSTOMER,
} as const satisfies ErrorRows;

/** The card was refused; nothing is authorised, and a repetition does not help. */
export class PaymentDeclined extends WaybillError {
  override readonly name = 'PaymentDeclined';
  override readonly errorClass = PAYMENT_ERRORS.PaymentDeclined;

  constructor(orderId: OrderId, declineCode: string) {
    super(`The card for order ${orderId} was declined: ${declineCode}.`, { data: { orderId, declineCode } });
  }
}

/** The payment was voided or refunded before this step arrived; nothing is authorised, and nothing ever will be. */
export class PaymentVoided extends WaybillError {
  override readonly name = 'PaymentVoided';
  override readonly errorClass = PAYMENT_ERRORS.PaymentVoided;

  constructor(orderId: OrderId) {
    super(`The payment of order ${orderId} was undone before this step arrived.`, { data: { orderId } });
  }
}

/** There is nothing to capture: the steps ran out of order, or the gateway lost its record. */
export class PaymentNotAuthorised extends WaybillError {
  override readonly name = 'PaymentNotAuthorised';
  override readonly errorClass = PAYMENT_ERRORS.PaymentNotAuthorised;

  constructor(orderId: OrderId) {
    super(`The gateway knows no payment of order ${orderId} that could be captured.`, { data: { orderId } });
  }
}

/** The gateway does not take the request as it is: a defect on one of the two sides. Nothing happened. */
export class PaymentRequestRefused extends WaybillError {
  override readonly name = 'PaymentRequestRefused';
  override readonly errorClass = PAYMENT_ERRORS.PaymentRequestRefused;

  /** @param status the HTTP status, or whatever the gateway calls its refusal */
  constructor(orderId: OrderId, status: number | string) {
    super(`The gateway does not take the request for order ${orderId}: ${status}.`, { data: { orderId, status } });
  }
}

/** The gateway did not do it, or could not be asked; a repetition is safe. */
export class PaymentGatewayUnavailable extends WaybillError {
  override readonly name = 'PaymentGatewayUnavailable';
  override readonly errorClass = PAYMENT_ERRORS.PaymentGatewayUnavailable;

  constructor(orderId: OrderId, cause?: unknown) {
    super(`The payment gateway did not do what order ${orderId} asked for.`, { data: { orderId }, cause });
  }
}

/**
 * The gateway may or may not have done it, and cannot be asked now. Not a failure: it must not be concluded that no
 * money moved.
 */
export class PaymentOutcomeUnknown extends WaybillError {
  override readonly name = 'PaymentOutcomeUnknown';
  override readonly errorClass = PAYMENT_ERRORS.PaymentOutcomeUnknown;

  constructor(orderId: OrderId, cause?: unknown) {
    super(`The outcome of the payment of order ${orderId} is not known yet.`, { data: { orderId }, cause });
  }
}

/** The customer has to act before the payment goes on. Not a failure: the order waits for the customer. */
export class PaymentPending extends WaybillError {
  override readonly name = 'PaymentPending';
  override readonly errorClass = PAYMENT_ERRORS.PaymentPending;

  constructor(orderId: OrderId) {
    super(`The payment of order ${orderId} waits for its customer.`, { data: { orderId } });
  }
}

/**
 * What an error of a request says of a step that has sent another one before it: when this one was refused before it was sent, the outcome
 * of the step is unknown all the same.
 */
export const afterSending = (orderId: OrderId, error: unknown): unknown =>
  classify(error).strategy === 'wait' ? new PaymentOutcomeUnknown(orderId, error) : error;
