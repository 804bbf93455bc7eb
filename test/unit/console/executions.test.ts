import { describe, expect, test } from 'vitest';
import { rowsOf, shownDetails } from '../../../console/src/executions/execution-rows.ts';

describe('The rows of an execution', () => {
  const at = (second: number) => `2026-01-31T12:00:0${second}.000Z`;
  const event = (id: number, type: string, more: object = {}) => ({
    id,
    previousId: id - 1,
    type,
    at: at(id),
    ...more,
  });

  test('belong to the state that was entered last on their way, until it is left', () => {
    const rows = rowsOf([
      event(1, 'ExecutionStarted'),
      event(2, 'TaskStateEntered', { state: 'CapturePayment' }),
      event(3, 'LambdaFunctionFailed', { details: { error: 'PaymentDeclined' } }),
      event(4, 'TaskStateExited', { state: 'CapturePayment' }),
      event(5, 'ExecutionSucceeded'),
    ]);
    expect(rows.map(({ state, error, afterMs }) => [state, error, afterMs])).toEqual([
      [undefined, undefined, undefined],
      ['CapturePayment', undefined, 1_000],
      ['CapturePayment', 'PaymentDeclined', 1_000],
      ['CapturePayment', undefined, 1_000],
      [undefined, undefined, 1_000],
    ]);
  });

  test('show texts that are JSON as what they say, and others as they are', () => {
    expect(JSON.parse(shownDetails({ input: '{"orderId":"1"}', cause: '{not', error: 'Oops' }))).toEqual({
      input: { orderId: '1' },
      cause: '{not',
      error: 'Oops',
    });
  });
});
