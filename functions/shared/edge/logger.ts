import { Logger } from '@aws-lambda-powertools/logger';

/**
 * One structured logger per function instance. It gets ids, names and counts; never a request body, an address or a
 * token.
 */
export const logger = new Logger();
