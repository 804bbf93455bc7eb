import { describe, expect, test } from 'vitest';
import { queueResources } from '../../../../local/sqs/resources.ts';
import type { StandardQueues } from '../../../../local/sqs/standard-queues.ts';
import { LOCATION, makerOf, recorder } from '../resource-making.ts';

const ARN = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

function queueMaker() {
  const { part, calls } = recorder<StandardQueues>();
  const queueUrl = (name: string) => `http://endpoint/000000000000/${name}`;
  return { make: makerOf(queueResources(part, queueUrl, LOCATION)), calls };
}

describe('A queue', () => {
  test('has CloudFormation’s presets', async () => {
    const { make, calls } = queueMaker();
    const made = await make('AWS::SQS::Queue');
    expect(made).toEqual({
      ref: 'http://endpoint/000000000000/Shop-Thing',
      attributes: {
        Arn: ARN('Shop-Thing'),
        QueueName: 'Shop-Thing',
        QueueUrl: 'http://endpoint/000000000000/Shop-Thing',
      },
    });
    expect(calls).toEqual([
      [
        'define',
        {
          name: 'Shop-Thing',
          arn: ARN('Shop-Thing'),
          visibilityTimeoutMs: 30_000,
          retentionMs: 345_600_000,
          delayMs: 0,
          fifo: false,
        },
      ],
    ]);
  });

  test('has what the template says', async () => {
    const { make, calls } = queueMaker();
    await make('AWS::SQS::Queue', {
      QueueName: 'work',
      VisibilityTimeout: 60,
      MessageRetentionPeriod: 120,
      DelaySeconds: 5,
      RedrivePolicy: { deadLetterTargetArn: ARN('dead'), maxReceiveCount: 4 },
    });
    expect(calls[0]![1]).toMatchObject({
      name: 'work',
      visibilityTimeoutMs: 60_000,
      retentionMs: 120_000,
      delayMs: 5_000,
      redrive: { deadLetterArn: ARN('dead'), maxReceiveCount: 4 },
    });
  });
});
