import { describe, expect, test } from 'vitest';
import { type JsonObject } from '../../../../local/contracts.ts';
import { settled } from '../sqs/time.ts';
import { created, deadArn, functionArn, queueArn, world } from './delivering-bus.ts';

describe('an event', () => {
  test('is in the queue that it is for when PutEvents answers', async () => {
    const { events, delivered, rule, clock } = world();
    rule({ id: 't', arn: queueArn });
    const answer = await events.putEvents([created]);
    expect(answer).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: '00000000-0000-4000-8000-000000000001' }] });
    expect(delivered).toEqual([
      {
        arn: queueArn,
        payload: {
          version: '0',
          id: '00000000-0000-4000-8000-000000000001',
          'detail-type': 'OrderCreated',
          source: 'waybill.orders',
          account: '000000000000',
          region: 'us-east-1',
          time: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
          resources: [],
          detail: { orderId: 'o1' },
        },
      },
    ]);
  });

  test('for another target is delivered after PutEvents has answered', async () => {
    const { events, delivered, rule } = world();
    rule({ id: 't', arn: functionArn });
    await events.putEvents([created]);
    expect(delivered).toEqual([]);
    await settled();
    expect(delivered).toMatchObject([{ arn: functionArn, payload: { detail: { orderId: 'o1' } } }]);
  });

  test('goes to every rule of its bus that matches and is enabled', async () => {
    const { events, delivered, rule } = world();
    rule({ id: 't', arn: queueArn }, { name: 'all', pattern: { source: [{ prefix: 'waybill.' }] } });
    rule({ id: 't', arn: deadArn, inputPath: '$.detail' });
    rule({ id: 't', arn: 'off' }, { name: 'off', enabled: false });
    rule({ id: 't', arn: 'other' }, { name: 'other', busName: 'default' });
    rule({ id: 't', arn: 'cancelled' }, { name: 'cancelled', pattern: { 'detail-type': ['OrderCancelled'] } });
    await events.putEvents([created]);
    expect(delivered.map(({ arn }) => arn)).toEqual([queueArn, deadArn]);
    expect(delivered[1]?.payload).toEqual({ orderId: 'o1' });
  });

  test('of a service is published on the default bus, free', async () => {
    const { events, delivered, rule, ctx } = world();
    rule({ id: 't', arn: queueArn }, { busName: 'default', pattern: { source: ['aws.states'] } });
    await events.publishServiceEvent({
      source: 'aws.states',
      detailType: 'Step Functions Execution Status Change',
      detail: { status: 'FAILED' },
    });
    expect(delivered).toMatchObject([
      { arn: queueArn, payload: { source: 'aws.states', detail: { status: 'FAILED' } } },
    ]);
    expect(ctx.meter.of('events.published', 'default')).toBe(0);
  });

  test('is metered per started 64 KB', async () => {
    const { events, ctx } = world();
    await events.putEvents([created, { ...created, Detail: JSON.stringify({ x: 'x'.repeat(65_536) }) }]);
    expect(ctx.meter.of('events.published', 'waybill')).toBe(3);
  });

  test('is shown to subscribers until they leave', async () => {
    const { events } = world();
    const seen: string[] = [];
    const leave = events.subscribe((event, bus) => void seen.push(`${bus}: ${event['detail-type']}`));
    await events.putEvents([created]);
    leave();
    await events.putEvents([created]);
    expect(seen).toEqual(['waybill: OrderCreated']);
  });
});

describe('PutEvents', () => {
  test.each<[string, JsonObject, string]>([
    ['no source', { Source: '' }, 'InvalidArgument'],
    ['no detail type', { DetailType: '' }, 'InvalidArgument'],
    ['no detail', { Detail: '' }, 'InvalidArgument'],
    ['broken JSON', { Detail: '{' }, 'MalformedDetail'],
    ['a detail that is no object', { Detail: '[1]' }, 'MalformedDetail'],
    ['the source of an AWS service', { Source: 'aws.states' }, 'NotAuthorizedForSourceException'],
    ['a time that is none', { Time: 'soon' }, 'InvalidArgument'],
  ])('fails an entry with %s and accepts the one beside it', async (_, wrong, code) => {
    const { events } = world();
    expect(await events.putEvents([{ ...created, ...wrong }, created])).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: code }, { EventId: expect.any(String) }],
    });
  });

  test.each([
    ['no entries', []],
    ['11 entries', Array.from({ length: 11 }, () => created)],
    ['more than 256 KB', [{ ...created, Detail: JSON.stringify({ x: 'x'.repeat(262_144) }) }]],
  ])('refuses %s', async (_, entries) => {
    await expect(world().events.handle('PutEvents', { Entries: entries })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  test('accepts an event for a bus that does not exist, as AWS was recorded, and says so to who runs the app', async () => {
    const { events, ctx } = world();
    expect(await events.putEvents([{ ...created, EventBusName: 'nowhere' }])).toMatchObject({ FailedEntryCount: 0 });
    expect(ctx.warnings).toEqual([expect.stringMatching(/is for the bus nowhere, which does not exist/)]);
  });

  test('takes the ARN of a bus, and the time of the entry', async () => {
    const { events, delivered, rule } = world();
    rule({ id: 't', arn: queueArn, inputPath: '$.time' });
    await events.putEvents([
      { ...created, EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/waybill', Time: 1_700_000_000 },
    ]);
    expect(delivered).toEqual([{ arn: queueArn, payload: '2023-11-14T22:13:20Z' }]);
  });
});

describe('a rule', () => {
  test('that cannot be used is refused with its name', () => {
    const { rule } = world();
    expect(() => rule({ id: 't', arn: queueArn }, { pattern: { source: [{ regex: 'x' }] } })).toThrow(
      'The rule on-created cannot be used: Unrecognized match type regex\n at source',
    );
    expect(() => rule({ id: 't', arn: queueArn, inputPath: '$..x' })).toThrow('The rule on-created cannot be used');
    expect(() => rule({ id: 't', arn: queueArn }, { busName: 'nowhere' })).toThrow('nowhere, which does not exist');
  });

  test('and its bus can be asked for', async () => {
    const { events, rule } = world();
    rule({ id: 't', arn: queueArn });
    expect(await events.handle('DescribeEventBus', { Name: 'waybill' })).toMatchObject({
      Name: 'waybill',
      Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/waybill',
    });
    expect(await events.handle('DescribeEventBus', {})).toMatchObject({ Name: 'default' });
    await expect(events.handle('DescribeEventBus', { Name: 'nowhere' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(await events.handle('ListRules', { EventBusName: 'waybill' })).toMatchObject({
      Rules: [{ Name: 'on-created', State: 'ENABLED' }],
    });
    await expect(events.handle('TestEventPattern', { EventPattern: '{}', Event: '{}' })).rejects.toMatchObject({
      code: 'InvalidEventPatternException',
    });
    await expect(events.handle('CreateConnection', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  });
});
