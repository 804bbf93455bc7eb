import { describe, expect, test } from 'vitest';
import { functionNameOf, parseLogLine, shownLine } from '../../../../launch/logs/log-line.ts';

const text = (over: object = {}) =>
  JSON.stringify({
    level: 'INFO',
    message: 'The step is done.',
    timestamp: '2026-11-27T04:13:17.204Z',
    service: 'payments',
    sampling_rate: 0,
    orderId: 'o1',
    correlationId: 'c1',
    ...over,
  });

describe('A line of a log', () => {
  test('says when, which function, what, and all else that it has', () => {
    const line = parseLogLine(text({ type: 'OrderCreated', version: 1 }), 'start-order-saga')!;
    expect(line).toMatchObject({ orderId: 'o1', correlationId: 'c1', fields: { type: 'OrderCreated', version: 1 } });
    expect(shownLine(line)).toBe(
      '2026-11-27 04:13:17.204   start-order-saga          The step is done.  type OrderCreated · version 1',
    );
  });

  test.each([
    ['ERROR', '✗'],
    ['WARN', '!'],
    ['INFO', ' '],
  ])('of level %s is marked with "%s"', (level, mark) => {
    expect(shownLine(parseLogLine(text({ level }), 'f')!).slice(24, 25)).toBe(mark);
  });

  test('shows an error by its name and message, without its stack', () => {
    const error = { name: 'TypeError', message: 'No.', location: 'a.ts:1', stack: 'TypeError: No. at …' };
    expect(shownLine(parseLogLine(text({ error }), 'f')!)).toMatch(/ {2}error TypeError: No\.$/);
    expect(shownLine(parseLogLine(text({ error: 'PaymentDeclined' }), 'f')!)).toMatch(/ {2}error PaymentDeclined$/);
  });

  test.each([
    ['Lambda’s own', 'START RequestId: 1 Version: $LATEST'],
    ['a metric', '{"Partner":"carrier","PartnerCalls":1,"_aws":{"Timestamp":1}}'],
    ['cut off', '{"level":"INFO","mess'],
    ['without a time', '{"level":"INFO","message":"x","timestamp":"soon"}'],
  ])('that is %s is none for people', (_, line) => {
    expect(parseLogLine(line, 'f')).toBeUndefined();
  });
});

test.each([
  ['/data/logs/Waybill-Stateless-ReserveInventory38CFABB9.log', 'reserve-inventory'],
  ['logs/Waybill-Tasks-GetTask8D8DC93E.log', 'get-task'],
  ['logs/work.log', 'work'],
])('The log %s is that of %s', (file, name) => {
  expect(functionNameOf(file)).toBe(name);
});
