import type { JsonObject } from '../contracts.ts';

/** One queue as the template describes it. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  /** FIFO queues are refused by `SqsService.define`. */
  readonly fifo?: boolean;
}

/** A message as a receiver gets it. Times are milliseconds since the epoch. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** As sent: `{name: {DataType, StringValue | BinaryValue (base64)}}`. */
  readonly messageAttributes: JsonObject;
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
  /** The queue it was moved from, in a dead letter queue. */
  readonly deadLetterSourceArn?: string;
}

export interface SendOptions {
  readonly messageAttributes?: JsonObject;
  /** Overrides the queue's own delay. */
  readonly delayMs?: number;
}
