/** When a rule with a `ScheduleExpression` fires. */
export interface Schedule {
  /** The first time after `afterMs`; undefined when there is none any more. Milliseconds since the epoch. */
  next(afterMs: number): number | undefined;
  /** Whether its times are those of a calendar. Otherwise they count from when the rule was made. */
  readonly isOnCalendar: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: DAY_MS };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** Longer than from any day to the next 29 February that is a certain weekday. */
const FARTHEST_DAYS = 41 * 366;

/**
 * Reads `rate(5 minutes)` or `cron(0 12 * * ? *)`, in UTC, as EventBridge does.
 * @throws Error for anything else, and for `L`, `W` and `#`, which this runtime does not have
 */
export function parseSchedule(expression: string): Schedule {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(content);
  if (kind === 'cron') return cron(content.trim().split(/\s+/));
  throw new Error(`The schedule "${expression}" is neither rate(…) nor cron(…).`);
}

function rate(content: string): Schedule {
  const [, count, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(content) ?? [];
  if (count === undefined) throw new Error(`The rate "${content}" is no number of minutes, hours or days.`);
  const everyMs = Number(count) * UNITS[unit!]!;
  return { isOnCalendar: false, next: (afterMs) => afterMs + everyMs };
}

function cron(fields: readonly string[]): Schedule {
  if (fields.length !== 6) throw new Error(`A cron expression has six fields, not ${fields.length}.`);
  const [minutes, hours, days, months, weekdays, years] = fields as [string, string, string, string, string, string];
  if ((days === '?') === (weekdays === '?')) {
    throw new Error('In a cron expression, one of day of month and day of week is "?".');
  }
  const isMinute = matcher(minutes, 0, 59);
  const isHour = matcher(hours, 0, 23);
  const isDay = matcher(days, 1, 31);
  const isMonth = matcher(months, 1, 12, MONTHS);
  const isWeekday = matcher(weekdays, 1, 7, WEEKDAYS);
  const isYear = matcher(years, 1970, 2199);
  const isDate = (date: Date): boolean =>
    isDay(date.getUTCDate()) &&
    isMonth(date.getUTCMonth() + 1) &&
    isWeekday(date.getUTCDay() + 1) &&
    isYear(date.getUTCFullYear());
  const minutesOfDay = Array.from({ length: 24 * 60 }, (_, minute) => minute).filter(
    (minute) => isHour(Math.floor(minute / 60)) && isMinute(minute % 60),
  );
  return {
    isOnCalendar: true,
    next(afterMs) {
      const firstDay = Math.floor(afterMs / DAY_MS);
      for (let day = firstDay; day <= firstDay + FARTHEST_DAYS; day += 1) {
        if (!isDate(new Date(day * DAY_MS))) continue;
        const minute = minutesOfDay.find((each) => day * DAY_MS + each * MINUTE_MS > afterMs);
        if (minute !== undefined) return day * DAY_MS + minute * MINUTE_MS;
      }
      return undefined;
    },
  };
}

/** A field of a cron expression: lists of values, ranges and steps. `names` count from `from` on. */
function matcher(field: string, from: number, to: number, names: readonly string[] = []): (value: number) => boolean {
  if (field === '*' || field === '?') return () => true;
  const valueOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    const value = named >= 0 ? named + from : Number(text);
    if (!Number.isInteger(value) || value < from || value > to) {
      throw new Error(`"${text}" in a cron expression is no whole number from ${from} to ${to}.`);
    }
    return value;
  };
  const values = field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const start = first === '*' ? from : valueOf(first);
    const end = last === undefined ? (step === undefined && first !== '*' ? start : to) : valueOf(last);
    const by = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(by) || by < 1) throw new Error(`"${part}" in a cron expression has no whole step.`);
    return Array.from({ length: Math.max(0, Math.floor((end - start) / by) + 1) }, (_, index) => start + index * by);
  });
  const matching = new Set(values);
  return (value) => matching.has(value);
}
