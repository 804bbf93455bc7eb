import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { listQuery } from '../../../../../functions/orders/http/list-request.ts';
import { searchQuery } from '../../../../../functions/orders/http/search-request.ts';

const messages = (schema: z.ZodType, query: object): readonly string[] =>
  schema.safeParse(query).error?.issues.map(({ message }) => message) ?? [];

describe('A query that is wrong is told what was got and what is expected', () => {
  test.each([
    ['2026-02-30'],
    ['2026-13-01'],
    ['30.11.2026'],
    ['2026-11-26T25:00:00Z'],
    ['2026-11-26T12:00:00'],
    ['yesterday'],
  ])('the day %s', (from) => {
    expect(messages(listQuery, { from })).toEqual([
      expect.stringMatching(new RegExp(`^"${from}" is no moment of the calendar; expected a day such as 2026-01-31`)),
    ]);
  });

  test('a time span that ends before it begins', () => {
    expect(messages(listQuery, { from: '2026-02-02', to: '2026-02-01' })).toEqual([
      '2026-02-02T00:00:00.000Z is after `to`, 2026-02-01T23:59:59.999Z; expected the earlier one here.',
    ]);
  });

  test.each([
    ['0', '0 is not from 1 to 100.'],
    ['101', '101 is not from 1 to 100.'],
    ['all', '"all" is no whole number from 1 to 100.'],
    ['1.5', '"1.5" is no whole number from 1 to 100.'],
    ['-1', '"-1" is no whole number from 1 to 100.'],
    ['10000', '"10000" is no whole number from 1 to 100.'],
  ])('the limit %s', (limit, message) => {
    expect(messages(listQuery, { limit })).toEqual([message]);
  });

  test('a search for too much, or for nothing', () => {
    expect(messages(searchQuery, {})).toEqual(['It is missing; expected what to search for.']);
    expect(messages(searchQuery, { q: 'a'.repeat(300) })).toContain('It has 300 characters; at most 254 are taken.');
    expect(messages(searchQuery, { q: '  ' })).toEqual([
      'There is nothing to search for in it; expected a letter, a digit or another visible character.',
    ]);
  });
});
