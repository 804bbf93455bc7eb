import { DEFECT, type ErrorClass, type ErrorRows, PASSING } from './error-class.ts';

/**
 * Errors are a contract: `name` reaches the state machine as the error's type and decides whether it retries,
 * compensates or parks. Names are literals, so that minification cannot change them.
 */
export abstract class WaybillError extends Error {
  abstract override readonly name: string;
  /** Its row in the list of its folder, which has the same name. */
  abstract readonly errorClass: ErrorClass;
  /** Data for the log; ids and counts only, never personal data. */
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
    const { strategy } = this.errorClass;
    return strategy === 'retry-now' || strategy === 'back-off' || strategy === 'wait';
  }
}

/** The one classifier: what an error is and what to do about it. Whatever is not ours is a defect. */
export const classify = (error: unknown): ErrorClass => (error instanceof WaybillError ? error.errorClass : DEFECT);

/** Errors that every context can meet. */
export const KERNEL_ERRORS = {
  ConcurrencyConflict: { layer: 'application', category: 'concurrency', strategy: 'retry-now' },
  DependencyUnavailable: PASSING,
} as const satisfies ErrorRows;

/** Other processes kept changing the same thing; nothing was written. */
export class ConcurrencyConflict extends WaybillError {
  override readonly name = 'ConcurrencyConflict';
  override readonly errorClass = KERNEL_ERRORS.ConcurrencyConflict;
}

/** An AWS service, or the bank at which the shop has its account, did not answer, or asked us to slow down. */
export class DependencyUnavailable extends WaybillError {
  override readonly name = 'DependencyUnavailable';
  override readonly errorClass = KERNEL_ERRORS.DependencyUnavailable;
}
