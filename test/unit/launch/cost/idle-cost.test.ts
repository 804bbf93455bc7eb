import { expect, test } from 'vitest';
import { idleCosts } from '../../../../launch/cost/idle-cost.ts';

const rule = (ScheduleExpression?: string) => ({ Type: 'AWS::Events::Rule', Properties: { ScheduleExpression } });
const costs = (...resources: { Type: string; Properties?: Record<string, unknown> }[]) =>
  Object.fromEntries(
    idleCosts([{ Resources: Object.fromEntries(resources.map((each, at) => [`R${at}`, each])) }]).map(
      ({ what, dollars }) => [what, dollars],
    ),
  );

test('An environment that rests costs its alarms, its queues, its secrets and what runs on schedule', () => {
  const found = costs(
    { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
    {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }] },
    },
    { Type: 'AWS::SecretsManager::Secret' },
    { Type: 'AWS::Lambda::EventSourceMapping', Properties: {} },
    { Type: 'AWS::Lambda::EventSourceMapping', Properties: { StartingPosition: 'LATEST' } },
    rule('rate(1 minute)'),
    rule('rate(2 hours)'),
    rule(),
  );
  expect(found.alarms).toBeCloseTo(0.3);
  expect(found.secrets).toBeCloseTo(0.4);
  // 15 requests a minute, 43,200 minutes, $0.40 a million.
  expect(found['queues that functions wait at']).toBeCloseTo(0.2592);
  // 43,200 and 360 runs, of $0.20 a million, 0.05 GB-seconds and 800 bytes of logs each.
  expect(found['functions on schedule']).toBeCloseTo(43_560 * (0.2e-6 + 0.05 * 0.0000133334 + 800 * 0.5e-9));
});

test('With a key of its own, each function asks for the key of each table and queue that it may use, once in five minutes', () => {
  const table = { 'Fn::GetAtt': ['Table', 'Arn'] };
  const statement = (Action: string | string[], Resource: unknown) => ({ Action, Resource });
  const policy = (...Statement: object[]) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyDocument: { Statement } },
  });
  const policies = [
    policy(
      statement('dynamodb:Query', [table, { 'Fn::Join': ['', [table, '/index/byOpen']] }]),
      statement(['sqs:SendMessage'], { 'Fn::GetAtt': ['Queue', 'Arn'] }),
      statement('states:StartExecution', '*'),
    ),
    policy(statement('dynamodb:GetItem', table), statement('dynamodb:PutItem', table)),
  ];
  expect(costs(...policies)['requests to keys']).toBe(0);
  // Three pairs, 8,640 times five minutes, $0.03 for ten thousand.
  expect(costs({ Type: 'AWS::KMS::Key' }, ...policies)['requests to keys']).toBeCloseTo(3 * 8_640 * 3e-6);
});

test('What orders, keys and the web ACL add is counted, too', () => {
  const found = costs(
    { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}] } },
    { Type: 'AWS::KMS::Key' },
    { Type: 'AWS::CloudWatch::Dashboard' },
    { Type: 'AWS::CloudWatch::CompositeAlarm' },
    { Type: 'AWS::CloudWatch::CompositeAlarm' },
  );
  expect(found).toMatchObject({ 'web ACL': 7, keys: 1, dashboards: 3, 'alarms made of others': 1 });
  const [metrics] = idleCosts([], { customMetrics: 10 }).filter(({ what }) => what === 'custom metrics');
  expect(metrics?.dollars).toBeCloseTo(3);
});

test.each([
  [
    'one method',
    [
      { ResourcePath: '/*', MetricsEnabled: false },
      { ResourcePath: '/~1a', MetricsEnabled: true },
    ],
    1.5,
  ],
  [
    'all methods',
    [
      { ResourcePath: '/*', MetricsEnabled: true },
      { ResourcePath: '/~1a', MetricsEnabled: true },
    ],
    4.5,
  ],
])('Metrics of %s at the API cost by the month', (_, MethodSettings, dollars) => {
  const method = { Type: 'AWS::ApiGateway::Method' };
  const found = costs(method, method, method, { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings } });
  expect(found['metrics of methods']).toBeCloseTo(dollars);
});

test('A schedule that cannot be counted is refused', () => {
  expect(() => costs(rule('cron(0 0 * * ? *)'))).toThrow('A schedule is "cron(0 0 * * ? *)"; expected rate(…).');
});
