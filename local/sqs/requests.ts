import { z } from 'zod';
import type { JsonObject } from '../contracts.ts';
import { receiptOf } from './message-store.ts';

/** The requests of the SQS API (AWS JSON protocol 1.0) as far as this runtime reads them. */

const seconds = (max: number): z.ZodInt => z.int().min(0).max(max);

const messageAttributes = z.record(
  z.string(),
  z.union([
    z.object({ DataType: z.string().regex(/^(String|Number)(\.|$)/), StringValue: z.string() }),
    z.object({ DataType: z.string().regex(/^Binary(\.|$)/), BinaryValue: z.string() }),
  ]),
);

/** XML 1.0 characters, which are what SQS allows in a body. */
// eslint-disable-next-line no-control-regex -- the characters that are refused
const BODY = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]*$/;
const body = z.string().min(1).regex(BODY);

const message = {
  MessageBody: body,
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: messageAttributes.optional(),
};
const queue = { QueueUrl: z.string() };
const entryId = { Id: z.string() };
const names = z.array(z.string()).default([]);
const texts = z.record(z.string(), z.string()).default({});
const paging = { MaxResults: z.int().min(1).max(1_000).optional(), NextToken: z.string().optional() };

const receiptHandle = z
  .string()
  .refine((handle) => receiptOf(handle) !== undefined, 'The input receipt handle is invalid.');
const visibility = { ReceiptHandle: receiptHandle, VisibilityTimeout: seconds(43_200) };

/** An entry of a batch is checked on its own, so that a bad one does not fail the others. */
const entries = z.array(z.looseObject(entryId));

export const requests = {
  SendMessage: z.object({ ...queue, ...message }),
  SendMessageBatch: z.object({ ...queue, Entries: entries }),
  ReceiveMessage: z.object({
    ...queue,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    WaitTimeSeconds: seconds(20).optional(),
    VisibilityTimeout: seconds(43_200).optional(),
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
  }),
  DeleteMessage: z.object({ ...queue, ReceiptHandle: receiptHandle }),
  DeleteMessageBatch: z.object({ ...queue, Entries: entries }),
  ChangeMessageVisibility: z.object({ ...queue, ...visibility }),
  ChangeMessageVisibilityBatch: z.object({ ...queue, Entries: entries }),
  GetQueueAttributes: z.object({ ...queue, AttributeNames: names }),
  GetQueueUrl: z.object({ QueueName: z.string() }),
  ListQueues: z.object({ QueueNamePrefix: z.string().default(''), ...paging }),
  CreateQueue: z.object({ QueueName: z.string(), Attributes: texts, tags: texts }),
  DeleteQueue: z.object(queue),
  SetQueueAttributes: z.object({ ...queue, Attributes: texts }),
  ListDeadLetterSourceQueues: z.object({ ...queue, ...paging }),
  TagQueue: z.object({ ...queue, Tags: texts }),
  UntagQueue: z.object({ ...queue, TagKeys: names }),
  ListQueueTags: z.object(queue),
  PurgeQueue: z.object(queue),
  StartMessageMoveTask: z.object({
    SourceArn: z.string(),
    DestinationArn: z.string().optional(),
    MaxNumberOfMessagesPerSecond: z.int().min(1).max(500).optional(),
  }),
  ListMessageMoveTasks: z.object({ SourceArn: z.string(), MaxResults: z.int().min(1).max(10).default(1) }),
  CancelMessageMoveTask: z.object({ TaskHandle: z.string() }),
};

type Operation = keyof typeof requests;

/** What carries out each operation. They throw AwsError. */
export type Operations = {
  [Name in Operation]: (request: z.output<(typeof requests)[Name]>) => JsonObject | Promise<JsonObject>;
};

export const sendEntry = z.object({ ...entryId, ...message });
export const deleteEntry = z.object({ ...entryId, ReceiptHandle: receiptHandle });
export const visibilityEntry = z.object({ ...entryId, ...visibility });
