import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../../local/events/schedule.ts';

const next = (expression: string, after: string) => {
  const ms = parseSchedule(expression).next(Date.parse(after));
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe('A rate', () => {
  test.each([
    ['rate(1 minute)', '2026-11-26T10:01:30.000Z'],
    ['rate(5 minutes)', '2026-11-26T10:05:30.000Z'],
    ['rate(2 hours)', '2026-11-26T12:00:30.000Z'],
    ['rate(1 day)', '2026-11-27T10:00:30.000Z'],
  ])('%s', (expression, expected) => expect(next(expression, '2026-11-26T10:00:30Z')).toBe(expected));
});

describe('A cron expression, in UTC', () => {
  test.each([
    ['each quarter of an hour', 'cron(0/15 * * * ? *)', '2026-11-26T10:15:00.000Z'],
    ['at a time of the day', 'cron(30 9 * * ? *)', '2026-11-27T09:30:00.000Z'],
    ['at several times', 'cron(0 8,12-14 * * ? *)', '2026-11-26T12:00:00.000Z'],
    ['on working days', 'cron(0 6 ? * MON-FRI *)', '2026-11-27T06:00:00.000Z'],
    ['on Sundays, which are day 1', 'cron(0 6 ? * 1 *)', '2026-11-29T06:00:00.000Z'],
    ['each month', 'cron(0 0 1 * ? *)', '2026-12-01T00:00:00.000Z'],
    ['in named months', 'cron(0 0 1 JAN,JUL ? *)', '2027-01-01T00:00:00.000Z'],
    ['in leap years', 'cron(0 0 29 2 ? *)', '2028-02-29T00:00:00.000Z'],
    ['in a year that is over', 'cron(0 0 1 1 ? 2020)', undefined],
  ])('fires %s', (_, expression, expected) => expect(next(expression, '2026-11-26T10:00:30Z')).toBe(expected));

  test('fires at its next time when it is asked at one', () => {
    expect(next('cron(0 * * * ? *)', '2026-11-26T10:00:00Z')).toBe('2026-11-26T11:00:00.000Z');
  });
});

test.each([
  'every day',
  'rate(0 minutes)',
  'rate(5 seconds)',
  'cron(0 0 * * ?)',
  'cron(0 0 * * * *)',
  'cron(60 0 * * ? *)',
  'cron(0 0 L * ? *)',
  'cron(0 0 ? * 6#3 *)',
  'cron(0/0 0 * * ? *)',
])('What is no schedule is refused: %s', (expression) => expect(() => parseSchedule(expression)).toThrow(/\w/));
