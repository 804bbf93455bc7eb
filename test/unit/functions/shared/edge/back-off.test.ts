import { expect, test } from 'vitest';
import { delayAfter } from '../../../../../functions/shared/edge/back-off.ts';

test('A message that failed waits twice as long after each attempt, but never more than five minutes', () => {
  expect([1, 2, 3, 9, 10, 20].map(delayAfter)).toEqual([1, 2, 4, 256, 300, 300]);
});
