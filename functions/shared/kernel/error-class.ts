/**
 * What can be said of every error that leaves a function. Each folder that has errors lists them in its `errors.ts`, each with
 * its class. Their names are a published language: the state machine retries and catches by them. `published/errors.ts` joins
 * the lists, and tests compare them with `docs/errors.md` and with the state machines.
 * See docs/decisions/0058-errors-carry-their-class.md.
 */

/** The layer that reports the error: a rule of the business, the program itself, or a dependency. */
export type ErrorLayer = 'domain' | 'application' | 'infrastructure';

/**
 * What kind of trouble it is.
 * - `client`: the request cannot be granted as things are; nothing has to be corrected
 * - `transient`: a service did not answer; it will again
 * - `concurrency`: another process changed the same thing at the same moment
 * - `system`: a defect, here or at a partner
 */
export type ErrorCategory = 'client' | 'transient' | 'concurrency' | 'system';

/**
 * What to do about it.
 * - `retry-now`: read again and repeat at once, a few times
 * - `back-off`: repeat later, with growing and random waits
 * - `wait`: repeat when the partner is back; until then a repeat would not be sent
 * - `fall-back`: take the answer from a second source
 * - `degrade`: go on without; a metric says so
 * - `customer`: repeat when the customer has acted; nothing has failed
 * - `goods`: repeat when goods have come; nothing has failed
 * - `person`: no repeat helps, and a person has to look
 * - `abandon`: the error is the answer; compensate what depends on it, if anything does
 */
export type ErrorStrategy =
  | 'retry-now'
  | 'back-off'
  | 'wait'
  | 'customer'
  | 'goods'
  | 'fall-back'
  | 'degrade'
  | 'person'
  | 'abandon';

export interface ErrorClass {
  readonly layer: ErrorLayer;
  readonly category: ErrorCategory;
  readonly strategy: ErrorStrategy;
}

/** The errors of one folder, by name. */
export type ErrorRows = Readonly<Record<string, ErrorClass>>;

export const REFUSAL = { layer: 'domain', category: 'client', strategy: 'abandon' } as const;
export const PASSING = { layer: 'infrastructure', category: 'transient', strategy: 'back-off' } as const;
export const WAITS_FOR_CUSTOMER = { layer: 'domain', category: 'client', strategy: 'customer' } as const;
export const WAITS_FOR_GOODS = { layer: 'domain', category: 'client', strategy: 'goods' } as const;
export const DEFECT = { layer: 'application', category: 'system', strategy: 'person' } as const;
export const PARTNER_DEFECT = { layer: 'infrastructure', category: 'system', strategy: 'person' } as const;
