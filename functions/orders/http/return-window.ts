/** The shop's window for returns, at the time of a request. */
import { lastDelivery, type ReturnWindow } from '../domain/returnable.ts';
import type { ExistingOrder } from '../domain/state.ts';

const DAY_MS = 24 * 3_600_000;

/** Undefined when goods can be sent back for ever. @param days null: for ever. @param now milliseconds since 1970 */
export const windowOf = (days: number | null, now: number): ReturnWindow | undefined =>
  days === null ? undefined : { days, since: new Date(now - days * DAY_MS).toISOString() };

/** Until when a return of the order can be requested: ISO 8601, UTC; undefined while a parcel is on its way. */
export function windowEnd(order: ExistingOrder, days: number): string | undefined {
  const deliveredAt = lastDelivery(order);
  return deliveredAt === undefined ? undefined : new Date(Date.parse(deliveredAt) + days * DAY_MS).toISOString();
}
