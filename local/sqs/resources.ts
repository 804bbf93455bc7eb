import { arnOf, type Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { number, present, seconds, textOf } from '../properties.ts';
import { ignored, physicalName, type ResourceTypes } from '../resource.ts';
import type { QueueCatalogue } from './queue-catalogue.ts';

const FOUR_DAYS = 345_600;

export const queueResources = (
  queues: Pick<QueueCatalogue, 'define'>,
  queueUrl: (name: string) => string,
  location: Location,
): ResourceTypes => ({
  'AWS::SQS::Queue': (resource) => {
    const { QueueName, RedrivePolicy, VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, FifoQueue } =
      resource.properties;
    const { ReceiveMessageWaitTimeSeconds, MaximumMessageSize } = resource.properties;
    const name = physicalName(resource, QueueName);
    const arn = arnOf(location, 'sqs', name);
    const redrive = RedrivePolicy as JsonObject | undefined;
    queues.define({
      name,
      arn,
      visibilityTimeoutMs: seconds(VisibilityTimeout, 30),
      retentionMs: seconds(MessageRetentionPeriod, FOUR_DAYS),
      delayMs: seconds(DelaySeconds, 0),
      ...present({
        waitMs: ReceiveMessageWaitTimeSeconds === undefined ? undefined : seconds(ReceiveMessageWaitTimeSeconds, 0),
        maxBytes: number(MaximumMessageSize),
        redrive: redrive && {
          deadLetterArn: textOf(redrive.deadLetterTargetArn),
          maxReceiveCount: Number(redrive.maxReceiveCount),
        },
      }),
      fifo: FifoQueue === true,
    });
    return { ref: queueUrl(name), attributes: { Arn: arn, QueueName: name, QueueUrl: queueUrl(name) } };
  },
  'AWS::SQS::QueuePolicy': ignored,
});
