import { Logger } from '@aws-lambda-powertools/logger';
import type { LogLevel } from '@aws-lambda-powertools/logger/types';

/**
 * One structured logger per function instance. It gets ids, names and counts; never a request body, an address or a
 * token.
 */
export const logger = new Logger();

/** Follows the level that the authoriser names beside the caller. */
export function followLogLevel(authorizer: unknown): void {
  const { logLevel } = (authorizer ?? {}) as { readonly logLevel?: LogLevel };
  if (logLevel !== undefined) logger.setLogLevel(logLevel);
}
