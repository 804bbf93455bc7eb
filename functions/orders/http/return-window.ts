/** The shop's window for returns, at the time of a request. */
import { DAY_MS, isoOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { lastDelivery, type ReturnWindow } from '../domain/returnable.ts';
import type { ExistingOrder } from '../domain/state.ts';

/** Undefined when goods can be sent back for ever. @param days null: for ever. @param now milliseconds since 1970 */
export const windowOf = (days: number | null, now: number): ReturnWindow | undefined =>
  days === null ? undefined : { days, since: isoOf(now - days * DAY_MS) };

/** Until when a return of the order can be requested: ISO 8601, UTC; undefined while a parcel is on its way. */
export function windowEnd(order: ExistingOrder, days: number): string | undefined {
  const deliveredAt = lastDelivery(order);
  return deliveredAt === undefined ? undefined : isoOf(millisecondsOf(deliveredAt) + days * DAY_MS);
}
