import { describe, expect, test } from '@jest/globals';
import { recordingServices } from './recording-services.ts';

const ARN = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`;

describe('A queue', () => {
  test('has CloudFormation’s presets', async () => {
    const { make, calls } = recordingServices();
    const made = await make('AWS::SQS::Queue');
    expect(made).toEqual({
      ref: 'http://endpoint/000000000000/Shop-Thing',
      attributes: {
        Arn: ARN('sqs', 'Shop-Thing'),
        QueueName: 'Shop-Thing',
        QueueUrl: 'http://endpoint/000000000000/Shop-Thing',
      },
    });
    expect(calls).toEqual([
      [
        'sqs.define',
        {
          name: 'Shop-Thing',
          arn: ARN('sqs', 'Shop-Thing'),
          visibilityTimeoutMs: 30_000,
          retentionMs: 345_600_000,
          delayMs: 0,
          fifo: false,
        },
      ],
    ]);
  });

  test('has what the template says', async () => {
    const { make, calls } = recordingServices();
    await make('AWS::SQS::Queue', {
      QueueName: 'work',
      VisibilityTimeout: 60,
      MessageRetentionPeriod: 120,
      DelaySeconds: 5,
      RedrivePolicy: { deadLetterTargetArn: ARN('sqs', 'dead'), maxReceiveCount: 4 },
    });
    expect(calls[0]![1]).toMatchObject({
      name: 'work',
      visibilityTimeoutMs: 60_000,
      retentionMs: 120_000,
      delayMs: 5_000,
      redrive: { deadLetterArn: ARN('sqs', 'dead'), maxReceiveCount: 4 },
    });
  });
});

describe('A bus and its rules', () => {
  test('reach their targets with inputs, retries and a dead letter queue', async () => {
    const { make, calls } = recordingServices();
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
      'events.defineRule',
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
    const { make, calls } = recordingServices();
    expect((await make('AWS::Events::Rule', { EventPattern: {}, Targets: [] })).attributes).toEqual({
      Arn: ARN('events', 'rule/Shop-Thing'),
    });
    await make('AWS::Events::Rule', { EventPattern: {}, State: 'DISABLED', Targets: [] });
    expect(calls.map(([, definition]) => definition)).toEqual([
      { name: 'Shop-Thing', busName: 'default', pattern: {}, enabled: true, targets: [] },
      { name: 'Shop-Thing', busName: 'default', pattern: {}, enabled: false, targets: [] },
    ]);
  });

  test('that need more than this runtime has are refused', async () => {
    const { make } = recordingServices();
    await expect(make('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' })).rejects.toThrow(
      'ScheduleExpression',
    );
    await expect(
      make('AWS::Events::Rule', { EventPattern: {}, Targets: [{ Id: 'T', Arn: 'a', EcsParameters: {} }] }),
    ).rejects.toThrow('EcsParameters');
  });
});

test('A table has the name, ARN and stream that it got', async () => {
  const { make, calls } = recordingServices();
  const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
  expect(await make('AWS::DynamoDB::Table', { KeySchema })).toEqual({
    ref: 'Shop-Thing',
    attributes: { Arn: 'arn:table', StreamArn: 'arn:table/stream' },
  });
  expect(calls).toEqual([['tables.ensureTable', { KeySchema }, 'Shop-Thing']]);
});
