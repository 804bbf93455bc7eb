import { ERRORS, type ErrorClass, type ErrorName, UNEXPECTED } from './error-catalogue.ts';

/**
 * Errors are a contract: `name` reaches the state machine as the error's type and decides whether it retries,
 * compensates or parks. Names are literals, so that minification cannot change them; each stands in the catalogue.
 */
export abstract class WaybillError extends Error {
  abstract override readonly name: ErrorName;
  /** Facts for the log; ids and counts only, never personal data. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly data?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.data = options.data ?? {};
  }

  /** Whether the same call may succeed later. Business refusals never do. */
  get retryable(): boolean {
    const { strategy } = classify(this);
    return strategy === 'retry-now' || strategy === 'back-off';
  }
}

/** The one classifier: whose trouble an error is and what to do about it. Whatever is not ours is a defect. */
export const classify = (error: unknown): ErrorClass =>
  error instanceof WaybillError ? ERRORS[error.name] : UNEXPECTED;

/** No stream has this order id. */
export class OrderNotFound extends WaybillError {
  override readonly name = 'OrderNotFound' as const;
}

/** A step was called with something that is not its input: a defect of the caller. */
export class InvalidStepInput extends WaybillError {
  override readonly name = 'InvalidStepInput' as const;
}

/** Others kept changing the same thing; nothing was written. */
export class ConcurrencyConflict extends WaybillError {
  override readonly name = 'ConcurrencyConflict' as const;
}

/** A service we stand on did not answer, or asked us to slow down. */
export class DependencyUnavailable extends WaybillError {
  override readonly name = 'DependencyUnavailable' as const;
}

/** The order is to be cancelled, and this step has done nothing for it: what the earlier steps did is undone. */
export class CancellationRequested extends WaybillError {
  override readonly name = 'CancellationRequested' as const;

  constructor(orderId: string) {
    super(`Order ${orderId} is to be cancelled.`, { data: { orderId } });
  }
}

/** The order is to be cancelled, and an earlier attempt of this step may have had an effect: the step is undone, too. */
export class CancellationAfterAttempt extends WaybillError {
  override readonly name = 'CancellationAfterAttempt' as const;

  constructor(orderId: string) {
    super(`Order ${orderId} is to be cancelled while a step of it was being tried.`, { data: { orderId } });
  }
}

/** The customer changes the order just now: the step is to be done for the order as it is afterwards. */
export class OrderChanged extends WaybillError {
  override readonly name = 'OrderChanged' as const;

  constructor(orderId: string) {
    super(`Order ${orderId} changed while a step of it was being done.`, { data: { orderId } });
  }
}

/** The items cannot change any more: the order is to be cancelled, or its parcel is packed. */
export class ItemsChangeNotPossible extends WaybillError {
  override readonly name = 'ItemsChangeNotPossible' as const;

  constructor(orderId: string, changeId: string) {
    super(`The items of order ${orderId} cannot change any more.`, { data: { orderId, changeId } });
  }
}
