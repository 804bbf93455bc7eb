import { queueCall } from '../../shared/edge/queue-call.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

/** Asks the queue of checks for another check of the order, after the delay that the queue has for all its messages. */
export function checkAgain(queueUrl: string): (orderId: OrderId) => Promise<void> {
  const call = queueCall();
  return async (orderId) => {
    await call('SendMessage', { QueueUrl: queueUrl, MessageBody: JSON.stringify({ orderId }) });
  };
}
