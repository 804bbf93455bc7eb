import { expect, test } from 'vitest';
import { deadLetterAttributes } from '../../../../local/lambda/async-record.ts';

test('A message of a dead-letter queue says which request failed, and of what, in at most a kilobyte', () => {
  const errorMessage = 'x'.repeat(2_000);
  const payload = JSON.stringify({ errorType: 'Error', errorMessage });
  const result = { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' as const, payload };
  expect(deadLetterAttributes('r1', 'RetriesExhausted', result)).toEqual({
    RequestID: 'r1',
    ErrorCode: '200',
    ErrorMessage: errorMessage.slice(0, 1_024),
  });
  expect(deadLetterAttributes('r1', 'EventAgeExceeded').ErrorMessage).toBe('EventAgeExceeded');
});
