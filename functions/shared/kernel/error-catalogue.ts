/**
 * Every error that leaves a function, by name, and what to do about it. The names are a published language: the state
 * machine retries and catches by them. `docs/errors.md` explains each; a test compares it with this list
 * and this list with the state machine.
 * See docs/decisions/0012-errors-are-classified-by-name-in-one-list.md.
 */

/** The layer that reports the error: a rule of the business, the program itself, or a dependency. */
export type ErrorLayer = 'domain' | 'application' | 'infrastructure';

/**
 * Whose trouble it is.
 * - `client`: the request cannot be granted as things are; nobody has to mend anything
 * - `transient`: something did not answer; it will again
 * - `concurrency`: others changed the same thing at the same moment
 * - `system`: a defect, here or at a partner
 */
export type ErrorCategory = 'client' | 'transient' | 'concurrency' | 'system';

/**
 * What to do about it.
 * - `retry-now`: read again and repeat at once, a few times
 * - `back-off`: repeat later, with growing and random waits
 * - `fall-back`: take the answer from a second source
 * - `degrade`: go on without; a metric says so
 * - `person`: no repeat helps and someone has to look
 * - `abandon`: it is the answer; undo what depends on it, if anything does
 */
export type ErrorStrategy = 'retry-now' | 'back-off' | 'fall-back' | 'degrade' | 'person' | 'abandon';

export interface ErrorClass {
  readonly layer: ErrorLayer;
  readonly category: ErrorCategory;
  readonly strategy: ErrorStrategy;
}

const REFUSAL = { layer: 'domain', category: 'client', strategy: 'abandon' } as const;
const PASSING = { layer: 'infrastructure', category: 'transient', strategy: 'back-off' } as const;
const PARTNER_DEFECT = { layer: 'infrastructure', category: 'system', strategy: 'person' } as const;

export const ERRORS = {
  OutOfStock: REFUSAL,
  ReservationReleased: REFUSAL,
  PaymentDeclined: REFUSAL,
  PaymentVoided: REFUSAL,
  AddressRefused: REFUSAL,
  ShipmentWithdrawn: REFUSAL,
  IllegalOrderTransition: REFUSAL,
  CancellationRequested: REFUSAL,
  CancellationAfterAttempt: REFUSAL,
  ItemsChangeNotPossible: REFUSAL,
  OrderChanged: { layer: 'application', category: 'concurrency', strategy: 'back-off' },
  OrderNotFound: { layer: 'application', category: 'client', strategy: 'abandon' },
  InvalidStepInput: { layer: 'application', category: 'system', strategy: 'person' },
  UnknownEventVersion: { layer: 'application', category: 'system', strategy: 'person' },
  BrokenPromotion: { layer: 'application', category: 'system', strategy: 'person' },
  ConcurrencyConflict: { layer: 'application', category: 'concurrency', strategy: 'retry-now' },
  DependencyUnavailable: PASSING,
  PaymentGatewayUnavailable: PASSING,
  PaymentOutcomeUnknown: PASSING,
  CarrierUnavailable: PASSING,
  ShipmentOutcomeUnknown: PASSING,
  RateLimiterUnavailable: { layer: 'infrastructure', category: 'transient', strategy: 'degrade' },
  PaymentNotAuthorised: PARTNER_DEFECT,
  PaymentRequestRefused: PARTNER_DEFECT,
  ShipmentRequestRefused: PARTNER_DEFECT,
} as const satisfies Readonly<Record<string, ErrorClass>>;

export type ErrorName = keyof typeof ERRORS;

/** What nobody expected: anything that is thrown and is no error of ours. */
export const UNEXPECTED: ErrorClass = { layer: 'application', category: 'system', strategy: 'person' };
