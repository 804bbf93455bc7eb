import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';

/** One queue as a template or a client describes it. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  /** For how long a receive waits that does not say. @default 0 */
  readonly waitMs?: number;
  /** Of one message. @default the limit of SQS */
  readonly maxBytes?: number;
  readonly redrive?: RedrivePolicy;
  /** Attributes that are told again, and have no effect. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly updatedAt?: number;
  /** FIFO queues are refused by `StandardQueues.define`. */
  readonly fifo?: boolean;
}

/** A message that would be received once more than `maxReceiveCount` times moves to the dead-letter queue. */
export interface RedrivePolicy {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number;
}

/** A message as a receiver gets it. Times are milliseconds since the epoch. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** As sent: `{name: {DataType, StringValue | BinaryValue (base64)}}`. */
  readonly messageAttributes: JsonObject;
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
  /** The queue it was moved from, in a dead-letter queue. */
  readonly deadLetterSourceArn?: string;
}

export interface SendOptions {
  readonly messageAttributes?: JsonObject;
  /** Overrides the queue's own delay. */
  readonly delayMs?: number;
}

export interface ReceiveOptions {
  /** Overrides the queue's own timeout. */
  readonly visibilityTimeoutMs?: number;
}

export interface VisibilityChange {
  readonly receiptHandle: string;
  readonly timeoutMs: number;
}

/** The limit of a message and of a batch, attributes included. */
export const MAX_MESSAGE_BYTES = 1_048_576;

export const tooLongFor = (maxBytes: number): string =>
  `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`;

/** Body and attributes count against the limit together. */
export function sizeOf(body: string, attributes: JsonObject = {}): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name);
    for (const part of Object.values(attribute as Record<string, string>)) bytes += Buffer.byteLength(part);
  }
  return bytes;
}

/** The attributes that SQS itself gives a message, by their names in the API and in Lambda's events. */
export function systemAttributesOf(message: ReceivedMessage, account: string): Record<string, string> {
  return {
    SenderId: account,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...present({ DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
  };
}
