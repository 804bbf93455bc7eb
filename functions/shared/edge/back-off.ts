/**
 * The wait of a failed message before its next attempt, where the queue's visibility timeout would be too long.
 * See docs/decisions/0033-refunds-are-made-by-a-queues-consumer.md.
 */
import { queueCall } from './queue-call.ts';

/** Delays the next attempt of a message that has just failed for the `attempt`-th time. */
export type BackOff = (receiptHandle: string, attempt: number) => Promise<void>;

const LONGEST = 300;

/** Seconds: 1, 2, 4 and so on, up to five minutes. */
export const delayAfter = (attempt: number): number => Math.min(2 ** (attempt - 1), LONGEST);

/** Makes the message invisible for that long. */
export function queueBackOff(queueUrl: string): BackOff {
  const call = queueCall();
  return async (receiptHandle, attempt) => {
    await call('ChangeMessageVisibility', {
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: delayAfter(attempt),
    });
  };
}
