import { describe, expect, test } from 'vitest';
import { alarmDefinition } from '../../../../local/cloudwatch/alarm-definition.ts';
import { evaluate } from '../../../../local/cloudwatch/evaluation.ts';
import { parseExpression } from '../../../../local/cloudwatch/expression.ts';
import type { JsonObject } from '../../../../local/contracts.ts';
import { MINUTE, ON_FIRST_MESSAGE } from './alarms.ts';

/** The state that an alarm takes after minutes with these values, the newest last. */
async function stateAfter(
  values: readonly (number | undefined)[],
  properties: JsonObject,
): Promise<string | undefined> {
  const resource = {
    stack: 'Shop',
    logicalId: 'Thing',
    type: 'AWS::CloudWatch::Alarm',
    properties: { ...ON_FIRST_MESSAGE, ...properties },
    assets: new Map(),
  };
  const now = values.length * MINUTE;
  const metrics = { statistic: (_: unknown, __: unknown, from: number) => values[from / MINUTE] };
  return (await evaluate(alarmDefinition(resource, 'alarm', 'arn'), metrics, now))?.state;
}

describe('An alarm is evaluated', () => {
  test.each<[string, (number | undefined)[], JsonObject, string | undefined]>([
    ['by its last periods', [1, 0], {}, 'OK'],
    ['as one that has gone off when all of them are at the threshold', [1, 1], { EvaluationPeriods: 2 }, 'ALARM'],
    ['as good when one of them is not', [0, 1], { EvaluationPeriods: 2 }, 'OK'],
    ['by as many of them as it asks for', [1, 0, 1], { EvaluationPeriods: 3, DatapointsToAlarm: 2 }, 'ALARM'],
    ['with missing data as good', [undefined, 1], { EvaluationPeriods: 2 }, 'OK'],
    ['with missing data as bad', [undefined, 1], { EvaluationPeriods: 2, TreatMissingData: 'breaching' }, 'ALARM'],
    ['with no data as unknown', [undefined], { TreatMissingData: 'missing' }, 'INSUFFICIENT_DATA'],
    ['with no data as before', [undefined], { TreatMissingData: 'ignore' }, undefined],
    ['above a threshold', [1], { ComparisonOperator: 'GreaterThanThreshold' }, 'OK'],
    ['below a threshold', [0], { ComparisonOperator: 'LessThanThreshold' }, 'ALARM'],
    ['at or below a threshold', [1], { ComparisonOperator: 'LessThanOrEqualToThreshold' }, 'ALARM'],
  ])('%s', async (_, values, properties, state) => expect(await stateAfter(values, properties)).toBe(state));
});

describe('Metric math', () => {
  test.each<[string, Record<string, number | undefined>, number | undefined]>([
    ['failed + timedOut', { failed: 1, timedOut: 2 }, 3],
    ['failed + timedOut', { failed: 1 }, undefined],
    ['FILL(failed, 0) + FILL(timedOut, 0)', { failed: 1 }, 1],
    ['100 * errors / (errors + FILL(others, 0))', { errors: 1, others: 3 }, 25],
    ['value', {}, undefined],
    ['IF(bad >= 5, 100 * bad / (bad + FILL(good, 0)), 0)', { bad: 5, good: 15 }, 25],
    ['IF(bad >= 5, 100 * bad / (bad + FILL(good, 0)), 0)', { bad: 4, good: 1 }, 0],
    ['IF(bad >= 5, 100 * bad / all, 0)', { all: 3 }, undefined],
    ['IF(bad < 1, 1, 2)', { bad: 1 }, 2],
    ['100 * bad / all', { bad: 1, all: 0 }, undefined],
    ['bad / all', { bad: 0, all: 0 }, undefined],
  ])('%s of %j', async (text, values, expected) => expect(await parseExpression(text)(values)).toBe(expected));

  test.each(['SUM(METRICS())', 'RATE(m1)', 'm1 AND m2', "SEARCH('x')"])('does not have %s', (text) =>
    expect(() => parseExpression(text)).toThrow(text),
  );
});

test('An alarm on an expression reads each of its metrics', async () => {
  const stat = (name: string) => ({
    Metric: { Namespace: 'AWS/States', MetricName: name, Dimensions: [] },
    Period: 60,
    Stat: 'Sum',
  });
  const { Namespace: _, MetricName: __, Dimensions: ___, Statistic: ____, Period: _____, ...others } = ON_FIRST_MESSAGE;
  const properties: JsonObject = {
    ...others,
    Metrics: [
      { Id: 'expr', Expression: 'failed + aborted', ReturnData: true },
      { Id: 'failed', MetricStat: stat('ExecutionsFailed'), ReturnData: false },
      { Id: 'aborted', MetricStat: stat('ExecutionsAborted'), ReturnData: false },
    ],
  };
  const resource = { stack: 'Shop', logicalId: 'Thing', type: 'AWS::CloudWatch::Alarm', properties, assets: new Map() };
  const { queries, periodMs, expression } = alarmDefinition(resource, 'alarm', 'arn');
  expect(Object.values(queries).map(({ metric }) => metric.name)).toEqual(['ExecutionsFailed', 'ExecutionsAborted']);
  expect([periodMs, await expression({ failed: 1, aborted: 1 })]).toEqual([60_000, 2]);
});
