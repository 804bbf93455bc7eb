import type { KeptNotification } from '../application/ports.ts';
import { messageIdOf } from './message-requests.ts';

/** The unread messages are counted up to here. */
export const UNREAD_COUNTED = 100;

/** A message as the API shows it. Those of before there were languages have an id of a template and a text alone. */
export const shownMessage = ({ customerId: _, notificationId, email: __, ...message }: KeptNotification) => ({
  messageId: messageIdOf(notificationId),
  ...message,
  links: { order: `/api/v1/orders/${message.values.orderId}` },
});
