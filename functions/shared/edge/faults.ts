import type { ErrorClass } from '../kernel/error-class.ts';
import { classify } from '../kernel/errors.ts';
import { translateAwsError } from './aws-errors.ts';
import { logger } from './logger.ts';

/** What a handler ran into: the error in our words, and its class. */
export interface Fault extends ErrorClass {
  readonly error: unknown;
}

/** Ids and counts, never personal data. */
type About = Readonly<Record<string, unknown>>;

/** Reads what was thrown. Every handler's surroundings begin with this. */
export function faultOf(thrown: unknown): Fault {
  const error = translateAwsError(thrown);
  return { error, ...classify(error) };
}

/**
 * Logs a fault as loudly as its category deserves: a refusal is news, trouble that passes a warning, and a defect an error
 * with its stack.
 */
export function logFault({ error, category, strategy }: Fault, message: string, about: About = {}): void {
  const name = error instanceof Error ? error.name : String(error);
  if (category === 'system') {
    logger.error(message, { ...about, category, strategy, error: error instanceof Error ? error : new Error(name) });
  } else {
    logger[category === 'client' ? 'info' : 'warn'](message, { ...about, category, strategy, error: name });
  }
}

/** For handlers whose caller repeats by its own rules: logs what was thrown and returns what to throw on, in our words. */
export function reported(thrown: unknown, message: string, about?: About): unknown {
  const fault = faultOf(thrown);
  logFault(fault, message, about);
  return fault.error;
}
