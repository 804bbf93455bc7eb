import { expect, test } from 'vitest';
import { requestedArguments } from '../../../../launch/deploy/requested.ts';

test('A stage is deployed with what the command line says', () => {
  expect(
    requestedArguments(['--stage', 'prod', '--yes', '--parameter', 'A=1', '--parameter', 'Url=https://x/?a=b']),
  ).toEqual({
    stage: 'prod',
    isDry: false,
    isApproved: true,
    replacesLoggingRole: false,
    parameters: { A: '1', Url: 'https://x/?a=b' },
  });
  expect(requestedArguments(['--help'])).toBe('help');
});

test.each([
  [[], '--stage is needed.'],
  [['--stage', 'prod', '--parameter', 'A'], '--parameter is "A"; expected <name>=<value>.'],
  [['--stage', 'prod', '--dry-run', '--yes'], '--dry-run and --yes exclude each other.'],
  [['--stag', 'prod'], "Unknown option '--stag'"],
])('Arguments that are wrong are refused with the usage: %j', (args, message) => {
  expect(() => requestedArguments(args)).toThrow(message);
  expect(() => requestedArguments(args)).toThrow('Usage: npm run deploy');
});
