import type { z } from 'zod';
import { AwsError, type JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import { batchAnswer, failedEntry, milliseconds, optionsOf, queueAttributes, receivedOf, sentOf } from './answers.ts';
import { parseEntries, parseRequest } from './parse.ts';
import { MAX_MESSAGE_BYTES, sizeOf } from './queue.ts';
import { deleteEntry, requests, sendEntry, visibilityEntry } from './requests.ts';
import type { StandardQueues } from './standard-queues.ts';

export interface SqsApiOptions {
  readonly queueUrl: (name: string) => string;
  readonly account: string;
  readonly newId: () => string;
}

type Operation = keyof typeof requests;
export const OPERATIONS = Object.keys(requests);
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
        MAX_MESSAGE_BYTES
      ) {
        throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes.`);
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
      const messages = await sqs.receiveWaiting(
        at(QueueUrl),
        MaxNumberOfMessages,
        WaitTimeSeconds * 1000,
        present({ visibilityTimeoutMs: milliseconds(VisibilityTimeout) }),
      );
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
