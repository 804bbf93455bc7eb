import { type ErrorRows, REFUSAL } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';

/** The errors of recovery. */
export const RECOVERY_ERRORS = {
  BackorderExpired: REFUSAL,
  PaymentNotMade: REFUSAL,
  PaymentWindowClosed: REFUSAL,
  CheckoutLimitReached: REFUSAL,
  NothingSent: REFUSAL,
} as const satisfies ErrorRows;

/** The goods that the order waits for have not come in time: the saga cancels it. */
export class BackorderExpired extends WaybillError {
  override readonly name = 'BackorderExpired';
  override readonly errorClass = RECOVERY_ERRORS.BackorderExpired;

  constructor(orderId: string) {
    super(`The goods that order ${orderId} waits for have not come in time.`, { data: { orderId } });
  }
}

/** The customer has not paid in time: the saga compensates. */
export class PaymentNotMade extends WaybillError {
  override readonly name = 'PaymentNotMade';
  override readonly errorClass = RECOVERY_ERRORS.PaymentNotMade;

  constructor(orderId: string) {
    super(`The customer of order ${orderId} has not paid in time.`, { data: { orderId } });
  }
}

/** The payment could not be authorised within its window: the saga compensates. */
export class PaymentWindowClosed extends WaybillError {
  override readonly name = 'PaymentWindowClosed';
  override readonly errorClass = RECOVERY_ERRORS.PaymentWindowClosed;

  constructor(orderId: string) {
    super(`The payment window of order ${orderId} is over.`, { data: { orderId } });
  }
}

/** The order's checkout did not come to its end in time: the saga compensates. */
export class CheckoutLimitReached extends WaybillError {
  override readonly name = 'CheckoutLimitReached';
  override readonly errorClass = RECOVERY_ERRORS.CheckoutLimitReached;

  constructor(orderId: string) {
    super(`The checkout of order ${orderId} has reached its limit.`, { data: { orderId } });
  }
}

/** The step is given up, and no request of it has left the platform: nothing of it is to be compensated. */
export class NothingSent extends WaybillError {
  override readonly name = 'NothingSent';
  override readonly errorClass = RECOVERY_ERRORS.NothingSent;

  constructor(orderId: string, step: string) {
    super(`${step} of order ${orderId} is given up: nothing of it was sent, and nothing is to be undone.`, {
      data: { orderId },
    });
  }
}
