/** What the shop promises its customers as they order. Pure. */
import { DAY_MS, isoOf } from '../../shared/kernel/time.ts';
import type { PromisedTimes } from './event-data.ts';

/** Each counts from the order; null: nothing is promised of it. */
export interface PromiseSettings {
  readonly confirmWithinSeconds: number | null;
  readonly shipWithinDays: number | null;
  readonly deliverWithinDays: number | null;
}

const SECOND_MS = 1_000;

/**
 * The times that are promised to who orders now; undefined when nothing is.
 * @param now milliseconds since the epoch
 */
export function promisedTimes(
  { confirmWithinSeconds, shipWithinDays, deliverWithinDays }: PromiseSettings,
  now: number,
): PromisedTimes | undefined {
  const promised = {
    ...timeIn('confirmed', confirmWithinSeconds, SECOND_MS, now),
    ...timeIn('shipped', shipWithinDays, DAY_MS, now),
    ...timeIn('delivered', deliverWithinDays, DAY_MS, now),
  };
  return Object.keys(promised).length === 0 ? undefined : promised;
}

const timeIn = (name: keyof PromisedTimes, within: number | null, unitMs: number, now: number): PromisedTimes =>
  within === null ? {} : { [name]: isoOf(now + within * unitMs) };
