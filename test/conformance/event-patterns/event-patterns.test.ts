import { expect, test } from 'vitest';
import { compilePattern, InvalidPattern } from '../../../local/event-pattern.ts';
import { MATCHING } from './cases.ts';
import { REFUSED } from './refused.ts';

test.each(MATCHING)('$rule', ({ pattern, matched, unmatched }) => {
  const matches = compilePattern(pattern);
  expect(matched.filter((event) => !matches(event))).toEqual([]);
  expect(unmatched.filter((event) => matches(event))).toEqual([]);
});

test.each(REFUSED)('"%s" is why EventBridge refuses %j', (reason, pattern) => {
  let refusal: unknown;
  try {
    compilePattern(pattern);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(InvalidPattern);
  expect((refusal as Error).message.split('\n')[0]).toBe(reason);
});
