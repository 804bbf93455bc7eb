import type { z } from 'zod';
import { AwsError, type JsonObject } from '../contracts.ts';
import { digestOfAttributes, digestOfBody } from './digest.ts';
import { maxMessageBytes, type ReceivedMessage, type SendOptions, sizeOf, systemAttributesOf } from './queue.ts';
import { deleteEntry, requests, sendEntry, visibilityEntry } from './requests.ts';
import type { StandardQueues } from './standard-queues.ts';

export interface SqsApiOptions {
  readonly queueUrl: (name: string) => string;
  readonly account: string;
  readonly newId: () => string;
}

const maxEntries = 10;

type Operation = keyof typeof requests;
type Request<Name extends Operation> = z.output<(typeof requests)[Name]>;
type Operations = { [Name in Operation]: (request: Request<Name>) => JsonObject | Promise<JsonObject> };

export type SqsApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** The operations of the SQS API on `sqs`, by the names of the AWS JSON protocol. They throw AwsError. */
export function sqsApi(sqs: StandardQueues, options: SqsApiOptions): SqsApi {
  const operations = operationsOn(sqs, options);
  return async (operation, input) => {
    if (!Object.hasOwn(requests, operation)) {
      throw new AwsError('UnsupportedOperation', `The embedded SQS has no operation ${operation}.`);
    }
    const name = operation as Operation;
    const run = operations[name] as (request: unknown) => JsonObject | Promise<JsonObject>;
    return run(parseRequest(requests[name], input));
  };
}

function operationsOn(sqs: StandardQueues, { queueUrl, account, newId }: SqsApiOptions): Operations {
  const named = (queueName: string): string => {
    const found = sqs.definitions().find(({ name }) => name === queueName);
    if (found === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found.arn;
  };
  const at = (url: string): string => named(url.slice(url.lastIndexOf('/') + 1));

  return {
    SendMessage({ QueueUrl, ...message }) {
      return sentOf(message, sqs.send(at(QueueUrl), message.MessageBody, optionsOf(message)));
    },

    SendMessageBatch({ QueueUrl, Entries }) {
      const arn = at(QueueUrl);
      const { parsed, failed } = parseEntries(sendEntry, Entries);
      if (
        parsed.reduce((sum, { MessageBody, MessageAttributes }) => sum + sizeOf(MessageBody, MessageAttributes), 0) >
        maxMessageBytes
      ) {
        throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${maxMessageBytes} bytes.`);
      }
      const ids =
        parsed.length === 0
          ? []
          : sqs.sendAll(
              arn,
              parsed.map((entry) => ({ body: entry.MessageBody, ...optionsOf(entry) })),
            );
      return batchAnswer(
        parsed.map((entry, index) => ({ Id: entry.Id, ...sentOf(entry, ids[index]!) })),
        failed,
      );
    },

    async ReceiveMessage({ QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout, ...wanted }) {
      const messages = await sqs.receiveWaiting(at(QueueUrl), MaxNumberOfMessages, WaitTimeSeconds * 1000, {
        ...(VisibilityTimeout !== undefined && { visibilityTimeoutMs: VisibilityTimeout * 1000 }),
      });
      const systemNames = [...wanted.AttributeNames, ...wanted.MessageSystemAttributeNames];
      if (messages.length === 0) return {};
      return {
        Messages: messages.map((message) => receivedOf(message, account, systemNames, wanted.MessageAttributeNames)),
      };
    },

    DeleteMessage({ QueueUrl, ReceiptHandle }) {
      sqs.delete(at(QueueUrl), [ReceiptHandle]);
      return {};
    },

    DeleteMessageBatch({ QueueUrl, Entries }) {
      const arn = at(QueueUrl);
      const { parsed, failed } = parseEntries(deleteEntry, Entries);
      if (parsed.length > 0) {
        sqs.delete(
          arn,
          parsed.map(({ ReceiptHandle }) => ReceiptHandle),
        );
      }
      return batchAnswer(
        parsed.map(({ Id }) => ({ Id })),
        failed,
      );
    },

    ChangeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }) {
      sqs.changeVisibility(at(QueueUrl), ReceiptHandle, VisibilityTimeout * 1000);
      return {};
    },

    ChangeMessageVisibilityBatch({ QueueUrl, Entries }) {
      const arn = at(QueueUrl);
      const { parsed, failed } = parseEntries(visibilityEntry, Entries);
      if (parsed.length === 0) return batchAnswer([], failed);
      const changed = sqs.changeVisibilities(
        arn,
        parsed.map((entry) => ({
          receiptHandle: entry.ReceiptHandle,
          timeoutMs: entry.VisibilityTimeout * 1000,
        })),
      );
      const notInFlight = parsed
        .filter((_, index) => changed[index] === false)
        .map(({ Id }) => failedEntry(Id, 'MessageNotInflight', 'The message is not in flight.'));
      return batchAnswer(
        parsed.filter((_, index) => changed[index] === true).map(({ Id }) => ({ Id })),
        [...failed, ...notInFlight],
      );
    },

    GetQueueAttributes({ QueueUrl, AttributeNames }) {
      const all = queueAttributes(sqs, at(QueueUrl));
      const wanted = Object.entries(all).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      );
      return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
    },

    GetQueueUrl({ QueueName }) {
      named(QueueName);
      return { QueueUrl: queueUrl(QueueName) };
    },

    ListQueues({ QueueNamePrefix }) {
      const found = sqs.definitions().filter(({ name }) => name.startsWith(QueueNamePrefix));
      return { QueueUrls: found.map(({ name }) => queueUrl(name)) };
    },

    PurgeQueue({ QueueUrl }) {
      sqs.purge(at(QueueUrl));
      return {};
    },

    StartMessageMoveTask({ SourceArn, DestinationArn }) {
      sqs.moveMessages(SourceArn, DestinationArn);
      return { TaskHandle: newId() };
    },
  };
}

interface SendRequest {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: JsonObject | undefined;
}

const optionsOf = ({ DelaySeconds, MessageAttributes }: SendRequest): SendOptions => ({
  ...(DelaySeconds !== undefined && { delayMs: DelaySeconds * 1000 }),
  ...(MessageAttributes !== undefined && { messageAttributes: MessageAttributes }),
});

const sentOf = ({ MessageBody, MessageAttributes = {} }: SendRequest, messageId: string): JsonObject => ({
  MessageId: messageId,
  MD5OfMessageBody: digestOfBody(MessageBody),
  ...(Object.keys(MessageAttributes).length > 0 && { MD5OfMessageAttributes: digestOfAttributes(MessageAttributes) }),
});

function receivedOf(
  message: ReceivedMessage,
  account: string,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): JsonObject {
  const system = pick(
    systemAttributesOf(message, account),
    (name) => systemNames.includes('All') || systemNames.includes(name),
  );
  const attributes = pick(message.messageAttributes, (name) =>
    attributeNames.some((pattern) => asksFor(pattern, name)),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: digestOfBody(message.body),
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(attributes).length > 0 && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: digestOfAttributes(attributes),
    }),
  };
}

/** `All`, `.*`, a prefix such as `trace.*`, or a name. */
const asksFor = (pattern: string, name: string): boolean =>
  pattern === 'All' || (pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern);

const pick = (object: JsonObject, wanted: (name: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => wanted(name)));

function queueAttributes(sqs: StandardQueues, arn: string): Record<string, string> {
  const { visibilityTimeoutMs, retentionMs, delayMs, redrive } = sqs.definitionOf(arn);
  const { visible, inFlight, delayed } = sqs.counts(arn);
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(visibilityTimeoutMs / 1000),
    MessageRetentionPeriod: String(retentionMs / 1000),
    DelaySeconds: String(delayMs / 1000),
    MaximumMessageSize: String(maxMessageBytes),
    ...(redrive !== undefined && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.deadLetterArn,
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}

const failedEntry = (id: string, code: string, message: string): JsonObject => ({
  Id: id,
  SenderFault: true,
  Code: code,
  Message: message,
});

const batchAnswer = (successful: JsonObject[], failed: JsonObject[]): JsonObject => ({
  Successful: successful,
  ...(failed.length > 0 && { Failed: failed }),
});

function parseRequest<Schema extends z.ZodType>(schema: Schema, input: JsonObject): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) throw refusalOf(result.error);
  return result.data;
}

/** Splits a batch into the entries that can be acted on and the answers for the others. */
function parseEntries<Entry extends { Id: string }>(
  schema: z.ZodType<Entry>,
  entries: readonly { Id: string }[],
): { parsed: Entry[]; failed: JsonObject[] } {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > maxEntries) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (!entries.every(({ Id }) => /^[\w-]{1,80}$/.test(Id))) {
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores, 80 at most.',
    );
  }
  const parsed: Entry[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entries) {
    const result = schema.safeParse(entry);
    if (result.success) {
      parsed.push(result.data);
    } else {
      const { code, message } = refusalOf(result.error);
      failed.push(failedEntry(entry.Id, code, message));
    }
  }
  return { parsed, failed };
}

function refusalOf(error: z.ZodError): AwsError {
  const issue = error.issues[0]!;
  const parameter = issue.path.join('.');
  if (parameter.endsWith('ReceiptHandle')) return new AwsError('ReceiptHandleIsInvalid', issue.message);
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
  }
  return new AwsError('InvalidParameterValue', `Value for parameter ${parameter} is invalid. Reason: ${issue.message}`);
}
