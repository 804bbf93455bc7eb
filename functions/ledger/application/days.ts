/** Days of the books, UTC, as `2026-01-02`. Pure. */
import { STATEMENT_MS } from '../domain/suspense.ts';

/** The day on which the first books were kept: no entry is older. */
export const FIRST_DAY = '2026-11-27';
const DAY_MS = 86_400_000;
/** An entry gets its time before it is written, by a function that ends within half a minute; an index shows it moments later. */
const LATEST_MS = 300_000;

/** @param at ISO 8601, UTC */
export const dayOf = (at: string): string => at.slice(0, 10);

const shifted = (day: string, days: number): string => dayOf(new Date(Date.parse(day) + days * DAY_MS).toISOString());
export const dayAfter = (day: string): string => shifted(day, 1);
export const dayBefore = (day: string): string => shifted(day, -1);

/** What is in suspense since then has been on a statement by now: ISO 8601, UTC. @param now milliseconds since the epoch */
export const shownSince = (now: number): string => new Date(now - STATEMENT_MS).toISOString();

/** From the first to the last of them; none when the first is later. */
export function* daysBetween(first: string, last: string): Iterable<string> {
  for (let day = first; day <= last; day = dayAfter(day)) yield day;
}

/** How many they are; none or fewer when the first is later. */
export const daysFrom = (first: string, last: string): number => (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;

/** Whether the day can have no more entries. @param now milliseconds since the epoch */
export const isOver = (day: string, now: number): boolean => now > Date.parse(dayAfter(day)) + LATEST_MS;
