import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { queueArn, world } from './delivering-bus.ts';

const pattern = '{"source":["a"]}';
const target = { Id: 't', Arn: queueArn };
const targets = (...given: JsonObject[]) => ({ Rule: 'r', Targets: given });

test.each<[string, JsonObject, string, string]>([
  ['CreateEventBus', { Name: 'waybill' }, 'ResourceAlreadyExistsException', 'Event bus waybill already exists.'],
  ['CreateEventBus', { Name: 'a b' }, 'ValidationException', 'Member must satisfy regular expression pattern'],
  ['CreateEventBus', { Name: 'n', KmsKeyIdentifier: 'k' }, 'ValidationException', 'KmsKeyIdentifier'],
  ['DescribeEventBus', { Name: 'no' }, 'ResourceNotFoundException', 'Event bus no does not exist.'],
  ['DeleteEventBus', { Name: 'no' }, 'ResourceNotFoundException', 'Event bus no does not exist.'],
  ['DeleteEventBus', { Name: 'default' }, 'ValidationException', 'Cannot delete event bus default.'],
  ['PutRule', { Name: 'x' }, 'ValidationException', 'EventPattern or ScheduleExpression must be specified'],
  ['PutRule', { Name: 'x', EventPattern: '{' }, 'InvalidEventPatternException', 'Event pattern is not valid.'],
  ['PutRule', { Name: 'x', EventPattern: pattern, EventBusName: 'no' }, 'ResourceNotFoundException', 'Event bus no'],
  ['PutRule', { Name: 'x', EventPattern: pattern, State: 'ON' }, 'ValidationException', 'ENABLED or DISABLED'],
  [
    'PutRule',
    { Name: 'x', ScheduleExpression: 'rate(1 day)', EventBusName: 'waybill' },
    'ValidationException',
    'ScheduleExpression is supported only on the default event bus.',
  ],
  ...['cron(INVALID)', 'cron(0 dummy ? * MON-FRI *)', 'cron(71 8 1 * ? *)', 'rate(0 days)'].map(
    (ScheduleExpression): [string, JsonObject, string, string] => [
      'PutRule',
      { Name: 'x', ScheduleExpression },
      'ValidationException',
      'Parameter ScheduleExpression is not valid.',
    ],
  ),
  ['DescribeRule', { Name: 'no' }, 'ResourceNotFoundException', 'Rule no does not exist on EventBus default.'],
  ['EnableRule', { Name: 'no' }, 'ResourceNotFoundException', 'Rule no does not exist on EventBus default.'],
  ['DeleteRule', { Name: 'r' }, 'ValidationException', "Rule can't be deleted since it has targets."],
  ['ListTargetsByRule', { Rule: 'no' }, 'ResourceNotFoundException', 'Rule no does not exist on EventBus default.'],
  [
    'PutTargets',
    targets({ ...target, Id: '!@#$@!#$' }),
    'ValidationException',
    String.raw`1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+`,
  ],
  [
    'PutTargets',
    targets(...['a', 'b', 'c', 'd', 'e'].map((Id) => ({ ...target, Id }))),
    'LimitExceededException',
    'The requested resource exceeds the maximum number allowed',
  ],
  [
    'PutTargets',
    targets({ ...target, InputPath: '$.detail', InputTransformer: { InputTemplate: '"x"' } }),
    'ValidationException',
    'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
  ],
  [
    'PutTargets',
    targets({ ...target, InputTransformer: { InputTemplate: '"<none>"' } }),
    'ValidationException',
    'InputTemplate for target t contains invalid placeholder none.',
  ],
  ['PutTargets', targets({ ...target, EcsParameters: {} }), 'ValidationException', 'EcsParameters'],
  ['PutTargets', targets({ Id: 'k', Arn: 'arn:aws:kinesis:::stream/s' }), 'ValidationException', 'kinesis'],
  [
    'PutTargets',
    targets({ Id: 'm', Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m' }),
    'ValidationException',
    'RoleArn is required for target arn:aws:states:us-east-1:000000000000:stateMachine:m.',
  ],
  ['TagResource', { ResourceARN: 'arn:aws:events:r:a:rule/no', Tags: [] }, 'ResourceNotFoundException', 'Rule no'],
  ['ListRules', { NextToken: 'x' }, 'ValidationException', 'token'],
  ['ListRules', { Limit: 0 }, 'ValidationException', 'greater than or equal to 1'],
])('%s refuses %j with %s', async (operation, input, code, message) => {
  const { events } = world();
  await events.handle('PutRule', { Name: 'r', EventPattern: pattern });
  await events.handle('PutTargets', targets({ ...target, Id: 'first' }));
  await expect(events.handle(operation, input)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});
