export const ZONES = ['mine', 'shop', 'utc'] as const;
/** Whose clock times are shown on. */
export type ZoneChoice = (typeof ZONES)[number];

/** @param shop the IANA name of the shop's zone */
export function zoneOf(choice: ZoneChoice, shop: string): string {
  if (choice === 'utc') return 'UTC';
  return choice === 'shop' ? shop : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Day and time to the second, on the clock of the zone. */
export function shownTime(iso: string, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone,
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** The time of day with milliseconds, for events that follow each other quickly. */
export function shownClock(iso: string, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(iso));
}

/** The day, as the zone counts it. */
export const shownDay = (iso: string, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone }).format(new Date(iso));

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** How long ago, or in how long, in the largest unit that fits. */
export function shownDistance(iso: string, now: number, language: string): string {
  const distance = new Date(iso).getTime() - now;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }).format(
    Math.trunc(distance / length),
    unit,
  );
}

/** A time that passed between two moments, such as `1.24s` or `3m`. */
export function shownLength(milliseconds: number, language: string): string {
  const [size, unit, digits] = LENGTHS.find(([most]) => milliseconds >= most) ?? LENGTHS[3];
  const style = { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, style).format(milliseconds / size);
}

const LENGTHS = [
  [3_600_000, 'hour', 1],
  [60_000, 'minute', 0],
  [1_000, 'second', 2],
  [1, 'millisecond', 0],
] as const;
