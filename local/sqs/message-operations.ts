import type { Location } from '../arn.ts';
import { AwsError } from '../contracts.ts';
import { present } from '../properties.ts';
import { batchAnswer, failedEntry, milliseconds, optionsOf, receivedOf, type SendRequest, sentOf } from './answers.ts';
import { parseEntries } from './parse.ts';
import { MAX_MESSAGE_BYTES, sizeOf, tooLongFor } from './queue.ts';
import type { QueueNames } from './queue-names.ts';
import { deleteEntry, type Operations, sendEntry, visibilityEntry } from './requests.ts';
import type { StandardQueues } from './standard-queues.ts';

type MessageOperation =
  | 'SendMessage'
  | 'SendMessageBatch'
  | 'ReceiveMessage'
  | 'DeleteMessage'
  | 'DeleteMessageBatch'
  | 'ChangeMessageVisibility'
  | 'ChangeMessageVisibilityBatch';

/** Operations on the messages of a queue. */
export function messageOperations(
  sqs: StandardQueues,
  { at }: Pick<QueueNames, 'at'>,
  { account }: Location,
): Pick<Operations, MessageOperation> {
  return {
    SendMessage({ QueueUrl, ...message }) {
      return sentOf(message, sqs.send(at(QueueUrl), message.MessageBody, optionsOf(message)));
    },

    SendMessageBatch({ QueueUrl, Entries }) {
      const arn = at(QueueUrl);
      const { parsed: readable, failed } = parseEntries(sendEntry, Entries);
      if (readable.reduce((sum, entry) => sum + bytesOf(entry), 0) > MAX_MESSAGE_BYTES) {
        throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes.`);
      }
      const { maxBytes = MAX_MESSAGE_BYTES } = sqs.definitionOf(arn);
      const parsed = readable.filter((entry) => bytesOf(entry) <= maxBytes);
      const tooLong = readable.filter((entry) => bytesOf(entry) > maxBytes);
      const ids =
        parsed.length === 0
          ? []
          : sqs.sendAll(
              arn,
              parsed.map((entry) => ({ body: entry.MessageBody, ...optionsOf(entry) })),
            );
      return batchAnswer(
        parsed.map((entry, index) => ({ Id: entry.Id, ...sentOf(entry, ids[index]!) })),
        [...failed, ...tooLong.map(({ Id }) => failedEntry(Id, 'InvalidParameterValue', tooLongFor(maxBytes)))],
      );
    },

    async ReceiveMessage({ QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout, ...wanted }) {
      const arn = at(QueueUrl);
      const messages = await sqs.receiveWaiting(
        arn,
        MaxNumberOfMessages,
        milliseconds(WaitTimeSeconds) ?? sqs.definitionOf(arn).waitMs ?? 0,
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
  };
}

const bytesOf = ({ MessageBody, MessageAttributes }: SendRequest): number => sizeOf(MessageBody, MessageAttributes);
