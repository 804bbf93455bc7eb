import type { JsonObject } from '../contracts.ts';
import { textOf } from '../json-text.ts';
import { arn, type Provider, physicalName, present, seconds } from './provider.ts';

const FOUR_DAYS = 345_600;

export const queue: Provider = (resource, { context, sqs, queueUrl }) => {
  const { QueueName, RedrivePolicy, VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, FifoQueue } =
    resource.properties;
  const name = physicalName(resource, QueueName);
  const queueArn = arn(context, 'sqs', name);
  const redrive = RedrivePolicy as JsonObject | undefined;
  sqs.define({
    name,
    arn: queueArn,
    visibilityTimeoutMs: seconds(VisibilityTimeout, 30),
    retentionMs: seconds(MessageRetentionPeriod, FOUR_DAYS),
    delayMs: seconds(DelaySeconds, 0),
    ...present({
      redrive: redrive && {
        deadLetterArn: textOf(redrive.deadLetterTargetArn),
        maxReceiveCount: Number(redrive.maxReceiveCount),
      },
    }),
    fifo: FifoQueue === true,
  });
  return { ref: queueUrl(name), attributes: { Arn: queueArn, QueueName: name, QueueUrl: queueUrl(name) } };
};
