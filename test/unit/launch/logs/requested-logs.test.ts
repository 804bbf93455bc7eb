import { expect, test } from 'vitest';
import { requestedLogs } from '../../../../launch/logs/requested-logs.ts';

const ID = '236b382e-c96e-520c-a75b-9e0b6fcb10e9';
const NOW = Date.parse('2026-11-27T12:00:00Z');
const requested = (...args: string[]) => requestedLogs(args, NOW);

test('An order is asked for by its id, in either case', () => {
  expect(requested('--order', ID.toUpperCase())).toEqual({ orderId: ID, since: 0, follow: false });
  expect(requested('--order', ID, '--follow')).toMatchObject({ follow: true });
  expect(requested('--help')).toBe('help');
});

test.each([
  ['90s', NOW - 90_000],
  ['10m', NOW - 600_000],
  ['2h', NOW - 7_200_000],
  ['1d', NOW - 86_400_000],
  ['2026-11-27T04:13:00Z', Date.parse('2026-11-27T04:13:00Z')],
])('Since %s', (text, since) => {
  expect(requested('--order', ID, '--since', text)).toMatchObject({ since });
});

test.each([
  ['no order', [], /--order is missing[\s\S]*Usage: /],
  ['what is no id', ['--order', '12'], /--order is "12"; expected the id of an order/],
  ['what is no time', ['--order', ID, '--since', 'lately'], /--since is "lately"; expected a duration such as 10m/],
  ['an option that there is not', ['--ordre', ID], /'--ordre'[\s\S]*Usage: /],
])('%s is refused with what was expected', (_, args, message) => {
  expect(() => requested(...args)).toThrow(message);
});
