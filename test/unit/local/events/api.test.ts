import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { settled } from '../sqs/time.ts';
import { created, functionArn, queueArn, type World, world } from './delivering-bus.ts';

const ARN = 'arn:aws:events:us-east-1:000000000000:';
const pattern = '{"source":["waybill.orders"]}';

/** Calls as a client does. */
const client =
  ({ events }: World) =>
  (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
    events.handle(operation, input);

/** A bus, a rule and a target of a client. */
async function made(): Promise<World & { call: (operation: string, input?: JsonObject) => Promise<JsonObject> }> {
  const given = world();
  const call = client(given);
  await call('CreateEventBus', { Name: 'mine', Description: 'my bus', Tags: [{ Key: 'team', Value: 'a' }] });
  await call('PutRule', { Name: 'all', EventBusName: 'mine', EventPattern: pattern, Tags: [{ Key: 'k', Value: 'v' }] });
  await call('PutTargets', { Rule: 'all', EventBusName: 'mine', Targets: [{ Id: 'q', Arn: queueArn }] });
  return { ...given, call };
}
const onMine = { EventBusName: 'mine' };
const put = (given: World) => client(given)('PutEvents', { Entries: [{ ...created, EventBusName: 'mine' }] });

describe('A client', () => {
  test('makes a bus with a rule that delivers to its targets', async () => {
    const given = await made();
    await put(given);
    expect(given.delivered).toMatchObject([{ arn: queueArn, payload: { source: 'waybill.orders' } }]);
    expect(await given.call('DescribeEventBus', { Name: 'mine' })).toEqual({
      Name: 'mine',
      Arn: `${ARN}event-bus/mine`,
      Description: 'my bus',
      CreationTime: given.clock.now() / 1000,
      LastModifiedTime: given.clock.now() / 1000,
    });
    expect(await given.call('DescribeRule', { Name: 'all', ...onMine })).toEqual({
      Name: 'all',
      Arn: `${ARN}rule/mine/all`,
      EventBusName: 'mine',
      EventPattern: pattern,
      State: 'ENABLED',
      CreatedBy: '000000000000',
    });
    expect(await given.call('ListTargetsByRule', { Rule: 'all', ...onMine })).toEqual({
      Targets: [{ Id: 'q', Arn: queueArn }],
    });
    expect(await given.call('ListRuleNamesByTarget', { TargetArn: queueArn, ...onMine })).toEqual({
      RuleNames: ['all'],
    });
  });

  test('finds all of it after a restart, and nothing of what it deleted', async () => {
    const given = await made();
    const after = world(given);
    await put(after);
    expect(after.delivered).toHaveLength(1);
    const call = client(after);
    await call('RemoveTargets', { Rule: 'all', ...onMine, Ids: ['q'] });
    await call('DeleteRule', { Name: 'all', ...onMine });
    await call('DeleteEventBus', { Name: 'mine' });
    await expect(client(world(after))('DescribeEventBus', { Name: 'mine' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Event bus mine does not exist.',
    });
  });

  test('switches a rule off and on', async () => {
    const given = await made();
    await given.call('DisableRule', { Name: 'all', ...onMine });
    await put(given);
    expect(given.delivered).toEqual([]);
    await given.call('EnableRule', { Name: 'all', ...onMine });
    await put(given);
    expect(given.delivered).toHaveLength(1);
  });

  test('replaces a rule, which keeps its targets and its tags', async () => {
    const given = await made();
    await given.call('PutRule', { Name: 'all', ...onMine, EventPattern: '{"source":["x"]}', Description: 'new' });
    await put(given);
    expect(given.delivered).toEqual([]);
    expect(await given.call('ListTargetsByRule', { Rule: 'all', ...onMine })).toMatchObject({ Targets: [{ Id: 'q' }] });
    expect(await given.call('ListTagsForResource', { ResourceARN: `${ARN}rule/mine/all` })).toEqual({
      Tags: [{ Key: 'k', Value: 'v' }],
    });
  });

  test('puts a target again under its id', async () => {
    const { call } = await made();
    const target = {
      Id: 'q',
      Arn: functionArn,
      InputTransformer: { InputPathsMap: { a: '$.id' }, InputTemplate: '"<a>"' },
      RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: queueArn },
    };
    await call('PutTargets', { Rule: 'all', ...onMine, Targets: [target] });
    expect(await call('ListTargetsByRule', { Rule: 'all', ...onMine })).toEqual({ Targets: [target] });
  });

  test('fires a rule on schedule that it puts while the runtime runs, until it deletes the rule', async () => {
    const given = world();
    const call = client(given);
    given.events.resume();
    await call('PutRule', { Name: 'tick', ScheduleExpression: 'rate(1 minute)' });
    await call('PutTargets', { Rule: 'tick', Targets: [{ Id: 'q', Arn: queueArn }] });
    given.clock.advance(150_000);
    await settled();
    expect(given.delivered).toHaveLength(2);
    await call('RemoveTargets', { Rule: 'tick', Ids: ['q'] });
    await call('DeleteRule', { Name: 'tick' });
    expect(given.clock.advanceToNext()).toBe(false);
  });

  test('tags buses and rules', async () => {
    const { call } = await made();
    for (const ResourceARN of [`${ARN}event-bus/mine`, `${ARN}rule/mine/all`]) {
      await call('TagResource', { ResourceARN, Tags: [{ Key: 'x', Value: '1' }] });
      await call('UntagResource', { ResourceARN, TagKeys: ['team', 'k', 'none'] });
      expect(await call('ListTagsForResource', { ResourceARN })).toEqual({ Tags: [{ Key: 'x', Value: '1' }] });
    }
  });

  test('turns pages', async () => {
    const { call } = await made();
    for (const Name of ['b', 'a', 'c']) await call('PutRule', { Name, EventPattern: pattern });
    const first = await call('ListRules', { Limit: 2 });
    expect(first).toMatchObject({ Rules: [{ Name: 'a' }, { Name: 'b' }], NextToken: expect.any(String) });
    expect(await call('ListRules', { Limit: 2, NextToken: first.NextToken! })).toMatchObject({
      Rules: [{ Name: 'c' }],
    });
    expect(await call('ListRules', { NamePrefix: 'c' })).toMatchObject({ Rules: [{ Name: 'c' }] });
    expect(await call('ListEventBuses', { NamePrefix: 'm' })).toMatchObject({ EventBuses: [{ Name: 'mine' }] });
    expect(await call('ListEventBuses')).toMatchObject({
      EventBuses: [{ Name: 'default' }, { Name: 'mine' }, { Name: 'waybill' }],
    });
  });
});

describe('What the app declares', () => {
  test('a client may change until the next start, and cannot delete', async () => {
    const before = world();
    before.rule({ id: 't', arn: queueArn });
    const call = client(before);
    const on = { EventBusName: 'waybill' };
    await call('DisableRule', { Name: 'on-created', ...on });
    expect(before.ctx.warnings).toEqual([expect.stringMatching(/changed .*rule\/waybill\/on-created, which the app/)]);
    await expect(call('DeleteRule', { Name: 'on-created', ...on })).rejects.toMatchObject({
      code: 'ManagedRuleException',
    });
    await expect(call('DeleteEventBus', { Name: 'waybill' })).rejects.toMatchObject({ code: 'ValidationException' });
    await call('PutRule', { Name: 'mine', ...on, EventPattern: pattern });
    const after = world(before);
    after.rule({ id: 't', arn: queueArn });
    expect(await client(after)('ListRules', on)).toMatchObject({
      Rules: [{ Name: 'mine' }, { Name: 'on-created', State: 'ENABLED' }],
    });
  });
});
