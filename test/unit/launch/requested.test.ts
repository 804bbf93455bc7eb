import { describe, expect, test } from 'vitest';
import { requestedArguments, requestedBy } from '../../../launch/platform/requested.ts';

describe('What the environment of npm start asks for', () => {
  test('is port 3000, one instance of each partner and no settings when it says nothing', () => {
    expect(requestedBy({})).toEqual({ port: 3_000, partnerInstances: 1, parameters: {} });
  });

  test('is what it says', () => {
    const environment = {
      PORT: '0',
      WAYBILL_PARTNER_INSTANCES: '3',
      WAYBILL_CONFIGURATION: '{\n"breaker": {"openSeconds": 5}\n}',
    };
    const parameters = { ConfigurationOverrides: '{"breaker":{"openSeconds":5}}' };
    expect(requestedBy(environment)).toEqual({ port: 0, partnerInstances: 3, parameters });
  });

  test.each([
    [{ PORT: 'http' }, 'PORT is "http"; expected a whole number'],
    [{ PORT: '65536' }, 'PORT is "65536"; expected a whole number'],
    [{ WAYBILL_PARTNER_INSTANCES: '0' }, 'WAYBILL_PARTNER_INSTANCES is "0"; expected a number from 1 to 10.'],
    [
      { WAYBILL_CONFIGURATION: '{"breaker":{"openSeconds":"x","probe":3},"recovery":{"paymentWindowSeconds":90000}}' },
      /^WAYBILL_CONFIGURATION is wrong.*\n {2}breaker\.openSeconds: .*\n {2}breaker\.probe: .*\n {2}recovery\.paymentWindowSeconds: /,
    ],
    [{ WAYBILL_CONFIGURATION: '{"breaker":' }, /^WAYBILL_CONFIGURATION is wrong.*\n {2}the document: It is not JSON: /],
    [{ WAYBILL_CONFIGURATION: '7' }, /^WAYBILL_CONFIGURATION is wrong.*\n {2}the document: /],
  ])('is refused when it is wrong: %j', (environment, reason) => {
    expect(() => requestedBy(environment)).toThrow(reason);
  });
});

describe('What the arguments of npm start and npm run dev ask for', () => {
  test.each([
    [[], { followsSources: false }],
    [['--inspect'], { followsSources: false, debuggerPort: 9_229 }],
    [['--inspect=0'], { followsSources: false, debuggerPort: 0 }],
    [['--follow-sources'], { followsSources: true }],
    [['--help'], 'help'],
    [['--follow-sources', '-h'], 'help'],
    [['--follow-sources', '--inspect=9300'], { followsSources: true, debuggerPort: 9_300 }],
  ])('is read from %j', (args, requested) => {
    expect(requestedArguments(args)).toEqual(requested);
  });

  test.each([[['--inspect=']], [['--inspect=65536']], [['--inspect=any']], [['--debug']], [['--inspect', '9300']]])(
    'is refused when it is wrong: %j',
    (args) => {
      expect(() => requestedArguments(args)).toThrow('expected none, --inspect, or --inspect=<port>');
    },
  );
});
