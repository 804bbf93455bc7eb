import { Balances } from '../domain/entry.ts';
import { dayAfter, dayBefore, FIRST_DAY, isOver } from './days.ts';
import type { ClosingDeps } from './ports.ts';

/**
 * Closes each day that is over, one after the other: its balances are those of the day before and what it moved. Safe to repeat, and side by side: whoever
 * closes a day comes to the same. Resolves to the days that were closed.
 * @param until when it stops: milliseconds since the epoch. It closes one at least
 */
export async function closeDays({ journal, closes, now }: ClosingDeps, until: number): Promise<readonly string[]> {
  const closed: string[] = [];
  for (let last = await closes.last(); closed.length === 0 || now() < until; ) {
    const day = last === undefined ? FIRST_DAY : dayAfter(last);
    if (!isOver(day, now())) break;
    const balances = new Balances(last === undefined ? [] : await closes.balancesAt(last));
    for await (const posting of journal.postingsOf(day)) balances.add(posting);
    await closes.close(day, balances.all());
    closed.push(day);
    last = day;
  }
  return closed;
}

/** The last close before the day; undefined when everything has to be folded from the first day on. */
export async function closeBefore({ closes }: Pick<ClosingDeps, 'closes'>, day: string): Promise<string | undefined> {
  const last = await closes.last();
  if (last === undefined) return undefined;
  return last < day ? last : dayBefore(day) < FIRST_DAY ? undefined : dayBefore(day);
}
