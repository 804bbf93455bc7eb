import type { OrderId } from '../../shared/kernel/ids.ts';

/** Orders that wait for goods to come back. */
export interface DueReturns {
  /** Those of which a return was expected until this time (ISO 8601, UTC), the longest due first. What has happened a moment ago it may not know yet. */
  by(at: string): AsyncIterable<OrderId>;
}
