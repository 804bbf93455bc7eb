import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type {
  NotificationAnswer,
  NotificationMonitor,
  NotificationReaders,
  ReceivedNotification,
} from './notification-ports.ts';

export interface NotificationDeps extends StepDeps {
  readonly readers: NotificationReaders;
  readonly monitor: NotificationMonitor;
}

const STEP = 'ReceiveNotification';

/**
 * Stores that a channel has something to tell about a payment, before it is answered: PaymentNotified in the stream of the order, once
 * however often it comes. Nothing else of it is believed: whoever acts on the event asks the channel. One that cannot be verified
 * leaves a line in the log, and nothing else. One about an order that there is not is taken, so that it does not come again.
 * @returns undefined when no channel of that name notifies us
 * @throws ConcurrencyConflict, and what the reader throws: then the channel is not answered, and repeats it
 */
export async function receiveNotification(
  { log, now, readers, monitor }: NotificationDeps,
  channel: string,
  received: ReceivedNotification,
): Promise<NotificationAnswer | undefined> {
  const reader = Object.hasOwn(readers, channel) ? readers[channel] : undefined;
  if (reader === undefined) return undefined;
  const verified = await reader.verify(received);
  if (!verified.ok) {
    monitor.refused(channel, verified.refusal);
    return reader.refused;
  }
  const { orderId, notificationId, ofRefund, refundNumber } = verified.value;
  const stream = orderId === undefined ? [] : await log.read(orderId);
  const [created] = stream;
  if (orderId === undefined || created === undefined) {
    monitor.ofNoOrder(channel, notificationId);
    return reader.taken;
  }
  const data = {
    channel,
    notificationId,
    ...(ofRefund && { ofRefund }),
    ...(refundNumber !== undefined && { refund: { number: refundNumber } }),
  };
  const event = fact(created, { type: 'PaymentNotified', data }, STEP, now());
  if (!stream.some(({ eventId }) => eventId === event.eventId)) {
    await recordFact(log, { orderId, atVersion: stream.length, event });
  }
  return reader.taken;
}
