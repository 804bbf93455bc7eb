import type { ErrorRows } from '../kernel/error-class.ts';
import { WaybillError } from '../kernel/errors.ts';

/** The errors of the rate limit. */
export const RATE_LIMIT_ERRORS = {
  RateLimiterUnavailable: { layer: 'infrastructure', category: 'transient', strategy: 'degrade' },
} as const satisfies ErrorRows;

/** The shared limiter did not answer, or not in time. */
export class RateLimiterUnavailable extends WaybillError {
  override readonly name = 'RateLimiterUnavailable';
  override readonly errorClass = RATE_LIMIT_ERRORS.RateLimiterUnavailable;
}
