import { queueCall } from '../../shared/edge/queue-call.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

/** The delay that the queue has for all its messages; SQS knows none that is longer. */
const QUEUE_SECONDS = 900;

/** @param within seconds after which the order is to be looked at, unless the queue's own delay is over before. @default that delay */
export type CheckAgain = (orderId: OrderId, within?: number) => Promise<void>;

/** Asks the queue of checks for another check of the order. */
export function checkAgain(queueUrl: string): CheckAgain {
  const call = queueCall();
  return async (orderId, within = QUEUE_SECONDS) => {
    const MessageBody = JSON.stringify({ orderId });
    const delay = within < QUEUE_SECONDS ? { DelaySeconds: within } : {};
    await call('SendMessage', { QueueUrl: queueUrl, MessageBody, ...delay });
  };
}
