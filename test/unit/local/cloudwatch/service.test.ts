import { describe, expect, test } from 'vitest';
import { cloudWatch, ON_FIRST_MESSAGE, TOPIC, visible } from './alarms.ts';

describe('An alarm', () => {
  test('tells its topic when it goes off and when it is over, in CloudWatch’s words', async () => {
    const given = cloudWatch();
    await given.make('AWS::CloudWatch::Alarm', ON_FIRST_MESSAGE);
    given.service.resume();
    await given.pass(1);
    given.gauges.push(visible(2));
    await given.pass(3);
    given.gauges.pop();
    await given.pass(1);
    expect(given.told.map(({ topic, subject }) => [topic, subject])).toEqual([
      [TOPIC, 'OK: "Shop-Thing"'],
      [TOPIC, 'ALARM: "Shop-Thing"'],
      [TOPIC, 'OK: "Shop-Thing"'],
    ]);
    expect(given.told[1]?.message).toEqual({
      AlarmName: 'Shop-Thing',
      AlarmDescription: 'critical: It broke. Runbook: docs/runbooks/it.md',
      AWSAccountId: '000000000000',
      NewStateValue: 'ALARM',
      NewStateReason: expect.stringContaining('[2]'),
      StateChangeTime: '2026-11-21T00:02:00.000Z',
      Region: 'us-east-1',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Shop-Thing',
      OldStateValue: 'OK',
    });
  });

  test('keeps its state over a restart, so that nobody hears of a change twice', async () => {
    const before = cloudWatch();
    await before.make('AWS::CloudWatch::Alarm', ON_FIRST_MESSAGE);
    before.service.resume();
    before.gauges.push(visible(1));
    await before.pass(1);
    before.service.close();
    const after = cloudWatch(before.clock, before.context);
    await after.make('AWS::CloudWatch::Alarm', ON_FIRST_MESSAGE);
    expect(await after.state()).toBe('ALARM');
    after.service.resume();
    after.gauges.push(visible(1));
    await after.pass(1);
    expect(after.told).toEqual([]);
  });

  test('says nothing while its actions are off', async () => {
    const given = cloudWatch();
    await given.make('AWS::CloudWatch::Alarm', { ...ON_FIRST_MESSAGE, ActionsEnabled: false });
    given.service.resume();
    given.gauges.push(visible(1));
    await given.pass(1);
    expect([await given.state(), given.told]).toEqual(['ALARM', []]);
  });

  test('goes off on metrics that functions and services measured', async () => {
    const given = cloudWatch();
    const own = { Namespace: 'Waybill', MetricName: 'Lag', Dimensions: [], Statistic: 'Maximum', Threshold: 60 };
    await given.make('AWS::CloudWatch::Alarm', { ...ON_FIRST_MESSAGE, ...own, EvaluationPeriods: 2 });
    given.service.resume();
    const measure = () => given.metrics.put({ namespace: 'Waybill', name: 'Lag', dimensions: {}, value: 61 });
    measure();
    await given.pass(1);
    expect(await given.state()).toBe('OK');
    measure();
    await given.pass(1);
    expect(await given.state()).toBe('ALARM');
  });

  test.each([
    ['percentiles', { ExtendedStatistic: 'p99' }, /ExtendedStatistic/],
    ['seconds', { Period: 10 }, /whole minutes/],
    ['anomalies', { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }, /Threshold/],
  ])('of %s is refused', async (_, properties, message) => {
    const { make } = cloudWatch();
    await expect(make('AWS::CloudWatch::Alarm', { ...ON_FIRST_MESSAGE, ...properties })).rejects.toThrow(message);
  });
});

describe('DescribeAlarms', () => {
  test('lists alarms by state, name and page', async () => {
    const given = cloudWatch();
    for (const logicalId of ['A', 'B', 'C']) {
      await given.make('AWS::CloudWatch::Alarm', ON_FIRST_MESSAGE, { logicalId });
    }
    const names = async (input: Parameters<typeof given.service.handle>[1]) => {
      const { MetricAlarms, NextToken } = await given.service.handle('DescribeAlarms', input);
      return [(MetricAlarms as { AlarmName: string }[]).map(({ AlarmName }) => AlarmName), NextToken];
    };
    expect(await names({})).toEqual([['Shop-A', 'Shop-B', 'Shop-C'], undefined]);
    expect(await names({ MaxRecords: 2 })).toEqual([['Shop-A', 'Shop-B'], '2']);
    expect(await names({ MaxRecords: 2, NextToken: '2' })).toEqual([['Shop-C'], undefined]);
    expect(await names({ AlarmNames: ['Shop-B'] })).toEqual([['Shop-B'], undefined]);
    expect(await names({ StateValue: 'ALARM' })).toEqual([[], undefined]);
    await expect(names({ NextToken: 'x' })).rejects.toThrow('next token');
    await expect(given.service.handle('PutMetricAlarm', {})).rejects.toThrow('PutMetricAlarm');
  });
});
