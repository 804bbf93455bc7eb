import { describe, expect, test } from 'vitest';
import type { JsonObject, Measurement } from '../../../../local/contracts.ts';
import { cloudWatch, ON_FIRST_MESSAGE, TOPIC } from './alarms.ts';

const inQueue = (QueueName: string): Measurement => ({
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName },
  value: 1,
});
const CALLS: JsonObject = {
  AlarmName: 'Shop-Both',
  AlarmDescription: 'critical: It broke. Runbook: docs/runbooks/it.md',
  AlarmActions: [TOPIC],
  OKActions: [TOPIC],
};

/** Two silent alarms on two queues, and one that is made of them. */
async function composed(AlarmRule: string) {
  const given = cloudWatch();
  for (const queue of ['one', 'two']) {
    const dimensions = [{ Name: 'QueueName', Value: queue }];
    const silent = { Dimensions: dimensions, AlarmName: `Shop-${queue}`, AlarmActions: [], OKActions: [] };
    await given.make('AWS::CloudWatch::Alarm', { ...ON_FIRST_MESSAGE, ...silent }, { logicalId: queue });
  }
  await given.make('AWS::CloudWatch::CompositeAlarm', { ...CALLS, AlarmRule }, { logicalId: 'Both' });
  given.service.resume();
  const state = async () => {
    const { CompositeAlarms } = await given.service.handle('DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] });
    return (CompositeAlarms as JsonObject[])[0]!.StateValue;
  };
  return { ...given, state };
}

const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:Shop-${name}`;
const BOTH = `(ALARM("${arn('one')}") AND ALARM("${arn('two')}"))`;

describe('A composite alarm', () => {
  test('goes off when all alarms of its rule have, and is over when one of them is; the topic hears of it alone', async () => {
    const given = await composed(BOTH);
    given.gauges.push(inQueue('one'));
    await given.pass(2);
    expect(await given.state()).toBe('OK');
    given.gauges.push(inQueue('two'));
    await given.pass(2);
    expect(await given.state()).toBe('ALARM');
    given.gauges.pop();
    await given.pass(1);
    expect(given.told.map(({ subject }) => subject)).toEqual([
      'OK: "Shop-Both"',
      'ALARM: "Shop-Both"',
      'OK: "Shop-Both"',
    ]);
    expect(given.told[1]!.message).toMatchObject({
      AlarmName: 'Shop-Both',
      NewStateValue: 'ALARM',
      NewStateReason: `Its rule is true: ${BOTH}`,
    });
  });

  test.each([
    ['ALARM(Shop-one) OR ALARM(Shop-two)', 'ALARM'],
    ['ALARM(Shop-one) AND NOT (ALARM(Shop-two))', 'ALARM'],
    ['OK("Shop-one")', 'OK'],
    ['TRUE AND (INSUFFICIENT_DATA("Shop-two") OR FALSE)', 'OK'],
  ])('has the rule %s', async (rule, state) => {
    const given = await composed(rule);
    given.gauges.push(inQueue('one'));
    await given.pass(1);
    expect(await given.state()).toBe(state);
  });

  test('is listed when it is asked for', async () => {
    const { service } = await composed(BOTH);
    const all = ['MetricAlarm', 'CompositeAlarm'];
    const names = async (input: JsonObject) => {
      const { MetricAlarms, CompositeAlarms, NextToken } = await service.handle('DescribeAlarms', input);
      const namesIn = (alarms: unknown) => (alarms as { AlarmName: string }[]).map(({ AlarmName }) => AlarmName);
      return [namesIn(MetricAlarms), namesIn(CompositeAlarms), NextToken];
    };
    expect(await names({})).toEqual([['Shop-one', 'Shop-two'], [], undefined]);
    expect(await names({ AlarmTypes: all })).toEqual([['Shop-one', 'Shop-two'], ['Shop-Both'], undefined]);
    expect(await names({ AlarmTypes: all, MaxRecords: 2, NextToken: '2' })).toEqual([[], ['Shop-Both'], undefined]);
    const { CompositeAlarms } = await service.handle('DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] });
    expect(CompositeAlarms).toMatchObject([
      { AlarmRule: BOTH, AlarmActions: [TOPIC], StateValue: 'INSUFFICIENT_DATA' },
    ]);
  });

  test.each<[string, string, RegExp, JsonObject?]>([
    ['with a word that no rule has', 'ALARM("Shop-one") XOR TRUE', /XOR/],
    ['with an alarm that waits for another', BOTH, /ActionsSuppressor/, { ActionsSuppressor: 'Shop-one' }],
  ])('%s is refused', async (_, AlarmRule, message, more = {}) => {
    const { make } = cloudWatch();
    const properties = { ...CALLS, AlarmRule, ...more };
    await expect(make('AWS::CloudWatch::CompositeAlarm', properties)).rejects.toThrow(message);
  });
});
