import { describe, expect, test } from 'vitest';
import { isOfTrail, requestedTrail, shownRequest } from '../../../../launch/logs/audit-lines.ts';
import type { LogLine } from '../../../../launch/logs/log-line.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const ORDER = '236b382e-c96e-520c-a75b-9e0b6fcb10e9';
const line = (fields: LogLine['fields'], over: Partial<LogLine> = {}): LogLine => ({
  at: NOW,
  functionName: 'get-order',
  level: 'INFO',
  message: 'A question is answered.',
  correlationId: 'c1',
  fields: { operation: 'getOrder', status: 200, ...fields },
  ...over,
});
const asked = (...args: string[]) => requestedTrail(args, NOW) as Exclude<ReturnType<typeof requestedTrail>, 'help'>;

describe('A line of a log', () => {
  const O1 = { operator: 'O1', about: { orderId: ORDER.toUpperCase() } };

  test.each([
    ['any request of an operator', [], line(O1)],
    ['an operator', ['--operator', 'O1'], line(O1)],
    ['an order that the path names', ['--order', ORDER], line(O1)],
    ['an order that came of the request', ['--order', ORDER], line({ operator: 'O1' }, { orderId: ORDER })],
    ['a customer', ['--customer', 'C1'], line({ operator: 'O1', about: { customerId: 'C1' } })],
    [
      'a customer whose id is an address',
      ['--customer', 'li.wei@nanjing.example'],
      line({ operator: 'O1', about: { customerId: 'sha256:1a914f829ebacfb2' } }),
    ],
    ['an operation of the last hour', ['--operation', 'getOrder', '--since', '1h'], line(O1)],
  ])('is of the trail for %s', (_, args, of) => {
    expect(isOfTrail(of, asked(...args))).toBe(true);
  });

  test.each([
    ['a customer asked', [], line({})],
    ['another operator asked', ['--operator', 'O2'], line(O1)],
    ['another order was asked for', ['--order', ORDER], line({ operator: 'O1' })],
    ['another customer was', ['--customer', 'C2'], line({ operator: 'O1', about: { customerId: 'C1' } })],
    ['something else was asked', ['--operation', 'searchOrders'], line(O1)],
    ['it is older', ['--since', '1h'], line(O1, { at: NOW - 3_600_001 })],
  ])('is not when %s', (_, args, of) => {
    expect(isOfTrail(of, asked(...args))).toBe(false);
  });

  test('is shown with everything that it has', () => {
    expect(
      shownRequest(line({ operator: 'O1', about: { customerId: 'C1' }, by: ['email', 'name'], request: 'r1' })),
    ).toBe('2026-11-28 12:00:00.000  O1  getOrder  200  customerId C1  by email, name  correlation c1  request r1');
  });
});

test('An option that there is not is refused with the usage', () => {
  expect(() => requestedTrail(['--who', 'O1'], NOW)).toThrow(/'--who'[\s\S]*Usage: /);
  expect(() => requestedTrail(['--order', '12'], NOW)).toThrow('--order is "12"; expected the id of an order');
});
