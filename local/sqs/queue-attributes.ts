/** Attributes of queues as the API has them, all of them text. */
import { AwsError } from '../contracts.ts';
import { present } from '../properties.ts';
import type { MessageCounts } from './message-store.ts';
import { MAX_MESSAGE_BYTES, type QueueDefinition, type RedrivePolicy } from './queue.ts';

/** What a client may set, and is told again, without effect on one machine. */
const SETTINGS = [
  'Policy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'RedriveAllowPolicy',
];

export const defaultQueue = (name: string, arn: string): QueueDefinition => ({
  name,
  arn,
  visibilityTimeoutMs: 30_000,
  retentionMs: 345_600_000,
  delayMs: 0,
});

/** The queue with these attributes changed. @throws AwsError `InvalidAttributeName`, `InvalidAttributeValue` */
export function withAttributes(queue: QueueDefinition, attributes: Readonly<Record<string, string>>): QueueDefinition {
  return Object.entries(attributes).reduce((sofar, [name, value]) => withAttribute(sofar, name, value), queue);
}

function withAttribute(queue: QueueDefinition, name: string, value: string): QueueDefinition {
  switch (name) {
    case 'VisibilityTimeout':
      return { ...queue, visibilityTimeoutMs: 1_000 * within(name, value, 0, 43_200) };
    case 'MessageRetentionPeriod':
      return { ...queue, retentionMs: 1_000 * within(name, value, 60, 1_209_600) };
    case 'DelaySeconds':
      return { ...queue, delayMs: 1_000 * within(name, value, 0, 900) };
    case 'ReceiveMessageWaitTimeSeconds':
      return { ...queue, waitMs: 1_000 * within(name, value, 0, 20) };
    case 'MaximumMessageSize':
      return { ...queue, maxBytes: within(name, value, 1_024, MAX_MESSAGE_BYTES) };
    case 'RedrivePolicy':
      return value === '' ? withoutRedrive(queue) : { ...queue, redrive: redriveIn(value) };
    case 'FifoQueue':
      throw new AwsError('UnsupportedOperation', 'The embedded SQS has standard queues only, no FIFO queues.');
    default:
      if (!SETTINGS.includes(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
      return { ...queue, settings: { ...queue.settings, [name]: value } };
  }
}

const withoutRedrive = ({ redrive: _, ...queue }: QueueDefinition): QueueDefinition => queue;

function within(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (value !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw invalid(name, value, `Must be between ${least} and ${most}, if provided.`);
}

function redriveIn(value: string): RedrivePolicy {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(value) as Record<string, unknown>;
    const times = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn === 'string' && Number.isInteger(times) && times >= 1 && times <= 1_000) {
      return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: times };
    }
  } catch {
    // Refused below, like an object without these fields.
  }
  throw invalid('RedrivePolicy', value, 'It is JSON with deadLetterTargetArn and a maxReceiveCount from 1 to 1000.');
}

const invalid = (name: string, value: string, reason: string): AwsError =>
  new AwsError('InvalidAttributeValue', `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

export function attributesOf(
  queue: QueueDefinition,
  { visible, inFlight, delayed }: MessageCounts,
): Record<string, string> {
  const { arn, visibilityTimeoutMs, retentionMs, delayMs, waitMs = 0, maxBytes = MAX_MESSAGE_BYTES, redrive } = queue;
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ...present({ CreatedTimestamp: seconds(queue.createdAt), LastModifiedTimestamp: seconds(queue.updatedAt) }),
    VisibilityTimeout: String(visibilityTimeoutMs / 1000),
    MessageRetentionPeriod: String(retentionMs / 1000),
    DelaySeconds: String(delayMs / 1000),
    ReceiveMessageWaitTimeSeconds: String(waitMs / 1000),
    MaximumMessageSize: String(maxBytes),
    ...present({
      RedrivePolicy:
        redrive &&
        JSON.stringify({ deadLetterTargetArn: redrive.deadLetterArn, maxReceiveCount: redrive.maxReceiveCount }),
    }),
    ...queue.settings,
  };
}

const seconds = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : String(Math.floor(milliseconds / 1000));
