import { describe, expect, test } from 'vitest';
import { type EventBuses, eventResources } from '../../../../local/events/resources.ts';
import { LOCATION, makerOf, recorder } from '../resource-making.ts';

const ARN = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`;

function busMaker() {
  const { part, calls } = recorder<EventBuses>();
  return { make: makerOf(eventResources(part, LOCATION)), calls };
}

describe('A bus and its rules', () => {
  test('reach their targets with inputs, retries and a dead letter queue', async () => {
    const { make, calls } = busMaker();
    expect(await make('AWS::Events::EventBus', { Name: 'orders' })).toEqual({
      ref: 'orders',
      attributes: { Arn: ARN('events', 'event-bus/orders'), Name: 'orders' },
    });
    const made = await make('AWS::Events::Rule', {
      EventBusName: 'orders',
      EventPattern: { source: ['shop'] },
      State: 'ENABLED',
      Targets: [
        {
          Id: 'T',
          Arn: ARN('sqs', 'work'),
          InputTransformer: { InputTemplate: '<a>', InputPathsMap: { a: '$.detail' } },
          DeadLetterConfig: { Arn: ARN('sqs', 'dead') },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
        },
        { Id: 'U', Arn: ARN('sqs', 'more'), InputPath: '$.detail' },
      ],
    });
    expect(made.attributes).toEqual({ Arn: ARN('events', 'rule/orders/Shop-Thing') });
    expect(calls.at(-1)).toEqual([
      'defineRule',
      {
        name: 'Shop-Thing',
        busName: 'orders',
        pattern: { source: ['shop'] },
        enabled: true,
        targets: [
          {
            id: 'T',
            arn: ARN('sqs', 'work'),
            inputTransformer: { inputTemplate: '<a>', inputPathsMap: { a: '$.detail' } },
            deadLetterArn: ARN('sqs', 'dead'),
            retry: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 60 },
          },
          { id: 'U', arn: ARN('sqs', 'more'), inputPath: '$.detail' },
        ],
      },
    ]);
  });

  test('are on the default bus and enabled unless the template says otherwise', async () => {
    const { make, calls } = busMaker();
    expect((await make('AWS::Events::Rule', { EventPattern: {}, Targets: [] })).attributes).toEqual({
      Arn: ARN('events', 'rule/Shop-Thing'),
    });
    await make('AWS::Events::Rule', { EventPattern: {}, State: 'DISABLED', Targets: [] });
    expect(calls.map(([, definition]) => definition)).toEqual([
      { name: 'Shop-Thing', busName: 'default', pattern: {}, enabled: true, targets: [] },
      { name: 'Shop-Thing', busName: 'default', pattern: {}, enabled: false, targets: [] },
    ]);
  });

  test('fire on schedule', async () => {
    const { make, calls } = busMaker();
    await make('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [] });
    expect(calls.map(([, definition]) => definition)).toEqual([
      { name: 'Shop-Thing', busName: 'default', schedule: 'rate(1 day)', enabled: true, targets: [] },
    ]);
  });

  test('that need more than this runtime has are refused', async () => {
    const { make } = busMaker();
    await expect(
      make('AWS::Events::Rule', { EventPattern: {}, Targets: [{ Id: 'T', Arn: 'a', EcsParameters: {} }] }),
    ).rejects.toThrow('EcsParameters');
  });
});
