import { DEFECT, type ErrorRows, REFUSAL } from '../kernel/error-class.ts';
import { WaybillError } from '../kernel/errors.ts';

/** Errors that a step of any context can meet. */
export const SAGA_STEP_ERRORS = {
  CancellationRequested: REFUSAL,
  CancellationAfterAttempt: REFUSAL,
  ItemsChangeNotPossible: REFUSAL,
  OrderChanged: { layer: 'application', category: 'concurrency', strategy: 'back-off' },
  OrderHeld: REFUSAL,
  OrderNotFound: { layer: 'application', category: 'client', strategy: 'abandon' },
  InvalidStepInput: DEFECT,
} as const satisfies ErrorRows;

/** The order is to be cancelled, and this step has done nothing for it: the earlier steps are compensated. */
export class CancellationRequested extends WaybillError {
  override readonly name = 'CancellationRequested';
  override readonly errorClass = SAGA_STEP_ERRORS.CancellationRequested;

  constructor(orderId: string) {
    super(`Order ${orderId} is to be cancelled.`, { data: { orderId } });
  }
}

/**
 * The order is to be cancelled, and an earlier attempt of this step may have had an effect: the step is compensated,
 * too.
 */
export class CancellationAfterAttempt extends WaybillError {
  override readonly name = 'CancellationAfterAttempt';
  override readonly errorClass = SAGA_STEP_ERRORS.CancellationAfterAttempt;

  constructor(orderId: string) {
    super(`Order ${orderId} is to be cancelled while a step of it was being tried.`, { data: { orderId } });
  }
}

/** The items cannot change any more: the order is to be cancelled, or its parcel is packed. */
export class ItemsChangeNotPossible extends WaybillError {
  override readonly name = 'ItemsChangeNotPossible';
  override readonly errorClass = SAGA_STEP_ERRORS.ItemsChangeNotPossible;

  constructor(orderId: string, changeId: string) {
    super(`The items of order ${orderId} cannot change any more.`, { data: { orderId, changeId } });
  }
}

/** The customer changes the order just now: the step is to be done for the order as it is afterwards. */
export class OrderChanged extends WaybillError {
  override readonly name = 'OrderChanged';
  override readonly errorClass = SAGA_STEP_ERRORS.OrderChanged;

  constructor(orderId: string) {
    super(`Order ${orderId} changed while a step of it was being done.`, { data: { orderId } });
  }
}

/** The order waits for an operator's approval: its saga must not have been started. */
export class OrderHeld extends WaybillError {
  override readonly name = 'OrderHeld';
  override readonly errorClass = SAGA_STEP_ERRORS.OrderHeld;

  constructor(orderId: string) {
    super(`Order ${orderId} waits for an operator's approval; nothing is done for it before that.`, {
      data: { orderId },
    });
  }
}

/** No stream has this order id. */
export class OrderNotFound extends WaybillError {
  override readonly name = 'OrderNotFound';
  override readonly errorClass = SAGA_STEP_ERRORS.OrderNotFound;
}

/** A step was called with something that is not its input: a defect of the caller. */
export class InvalidStepInput extends WaybillError {
  override readonly name = 'InvalidStepInput';
  override readonly errorClass = SAGA_STEP_ERRORS.InvalidStepInput;
}
