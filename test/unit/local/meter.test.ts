import { expect, test } from 'vitest';
import { RuntimeMeter } from '../../../local/meter.ts';

test('The meter adds up by unit and dimension until it is reset', () => {
  const meter = new RuntimeMeter();
  meter.declare(['lambda.invocations', 'sqs.requests']);
  meter.count('lambda.invocations', 'a');
  meter.count('lambda.invocations', 'a', 2);
  meter.count('lambda.invocations', 'b');
  meter.count('sqs.requests', 'q');
  expect(meter.read()).toEqual({ 'lambda.invocations': { a: 3, b: 1 }, 'sqs.requests': { q: 1 } });
  meter.reset();
  expect(meter.read()).toEqual({});
});

test('A unit that no service declares is not metered in silence', () => {
  expect(() => new RuntimeMeter().count('sqs.requests', 'q')).toThrow(/sqs\.requests/);
});
