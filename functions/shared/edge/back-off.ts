/**
 * How long a message that failed waits for its next attempt, where its queue's visibility timeout would be a poor answer.
 * See docs/decisions/0033-refunds-are-made-by-a-queues-consumer.md.
 */
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sdkClient } from './sdk-client.ts';

/** Puts off the next attempt of a message that has just failed for the `attempt`-th time. */
export type BackOff = (receiptHandle: string, attempt: number) => Promise<void>;

const LONGEST = 300;

/** Seconds: 1, 2, 4 and so on, up to five minutes. */
export const delayAfter = (attempt: number): number => Math.min(2 ** (attempt - 1), LONGEST);

/** Makes the message invisible for that long. */
export function queueBackOff(queueUrl: string): BackOff {
  const sqs = sdkClient(SQSClient, { maxAttempts: 2 });
  return async (receiptHandle, attempt) => {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: delayAfter(attempt),
      }),
    );
  };
}
