import type { ErrorClass } from '../kernel/error-class.ts';
import { classify } from '../kernel/errors.ts';
import { translateAwsError } from './aws-errors.ts';
import { logger } from './logger.ts';

/** The error that a handler met, translated into ours, and its class. */
export interface Fault extends ErrorClass {
  readonly error: unknown;
}

/** Ids and counts, never personal data. */
type About = Readonly<Record<string, unknown>>;

/** Classifies a thrown value. The middleware of every handler calls it. */
export function faultOf(thrown: unknown): Fault {
  const error = translateAwsError(thrown);
  return { error, ...classify(error) };
}

/**
 * Logs a fault at the level of its category: a refusal as information, a passing trouble as a warning, and a defect as
 * an error with its stack.
 */
export function logFault({ error, category, strategy }: Fault, message: string, about: About = {}): void {
  const name = error instanceof Error ? error.name : String(error);
  if (category === 'system') {
    logger.error(message, { ...about, category, strategy, error: error instanceof Error ? error : new Error(name) });
  } else {
    logger[category === 'client' ? 'info' : 'warn'](message, { ...about, category, strategy, error: name });
  }
}

/**
 * For handlers that are retried by their caller's rules: logs the thrown value and returns the error to throw instead.
 */
export function reported(thrown: unknown, message: string, about?: About): unknown {
  const fault = faultOf(thrown);
  logFault(fault, message, about);
  return fault.error;
}
