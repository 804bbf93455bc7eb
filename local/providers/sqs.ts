import type { JsonObject } from '../contracts.ts';
import { arn, physicalName, seconds, type Provider } from './provider.ts';

const FOUR_DAYS = 345_600;

export const queue: Provider = (resource, { context, sqs, queueUrl }) => {
  const { properties } = resource;
  const name = physicalName(resource, properties.QueueName);
  const queueArn = arn(context, 'sqs', name);
  const redrive = properties.RedrivePolicy as JsonObject | undefined;
  sqs.define({
    name,
    arn: queueArn,
    visibilityTimeoutMs: seconds(properties.VisibilityTimeout, 30),
    retentionMs: seconds(properties.MessageRetentionPeriod, FOUR_DAYS),
    delayMs: seconds(properties.DelaySeconds, 0),
    ...(redrive ? { redrive: { deadLetterArn: String(redrive.deadLetterTargetArn), maxReceiveCount: Number(redrive.maxReceiveCount) } } : {}),
    fifo: properties.FifoQueue === true,
  });
  return { ref: queueUrl(name), attributes: { Arn: queueArn, QueueName: name, QueueUrl: queueUrl(name) } };
};
