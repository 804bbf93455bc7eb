import { describe, expect, test } from 'vitest';
import type { LetterSummary } from '../../../console/src/api/types.ts';
import {
  filtersIn,
  LETTER_STATES,
  letterCausesOf,
  readableBody,
  resendFilterOf,
} from '../../../console/src/letters/filters.ts';
import { LETTER_STATES as STATES_OF_API } from '../../../functions/dead-letters/domain/letter.ts';

const NOW = Date.UTC(2026, 10, 28, 12, 3);
const letter = (letterId: string, more: Partial<LetterSummary> = {}): LetterSummary => ({
  letterId,
  queue: 'SagaStarts',
  kind: 'consumer',
  state: 'waiting',
  sentAt: '2026-11-28T11:00:00.000Z',
  filedAt: '2026-11-28T11:01:00.000Z',
  resends: 0,
  resendable: true,
  links: { self: '' },
  ...more,
});

describe('The filters of dead letters', () => {
  test('stand in the address; an age is the same time for five minutes', () => {
    const of = (now: number) => filtersIn(new URLSearchParams('queue=Refunds&age=hour'), now);
    expect(of(NOW)).toMatchObject({ queue: 'Refunds', state: '', filedBefore: '2026-11-28T11:00:00.000Z' });
    expect(of(NOW + 60_000)).toEqual(of(NOW));
    expect(filtersIn(new URLSearchParams('age=never'), NOW).filedBefore).toBe('');
  });

  test('know every state that the API knows', () => {
    expect(LETTER_STATES).toEqual(STATES_OF_API);
  });
});

describe('The causes of dead letters', () => {
  const letters = [letter('a', { error: 'X' }), letter('b'), letter('c', { error: 'X' })];
  const [cause] = letterCausesOf(letters);

  test('are what failed in the same way', () => {
    expect(letterCausesOf(letters).map((each) => each.letters.map(({ letterId }) => letterId))).toEqual([
      ['a', 'c'],
      ['b'],
    ]);
  });

  test('are resent within what is shown, without what comes later', () => {
    const shown = filtersIn(new URLSearchParams('orderId=o&age=hour'), NOW);
    expect(resendFilterOf(cause!, filtersIn(new URLSearchParams(), NOW), 'now')).toEqual({
      queue: 'SagaStarts',
      error: 'X',
      filedBefore: 'now',
    });
    expect(resendFilterOf(cause!, shown, 'now')).toMatchObject({ orderId: 'o', filedBefore: shown.filedBefore });
  });
});

test('A message is shown with a line for each field, and one that is no JSON as it is', () => {
  expect(readableBody('{"a":{"b":1}}')).toBe('{\n  "a": {\n    "b": 1\n  }\n}');
  expect(readableBody('no JSON')).toBe('no JSON');
});
