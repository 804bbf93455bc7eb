import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { isCustomerId } from '../shared/kernel/ids.ts';
import { DynamoDbInbox } from './adapters/dynamodb-inbox.ts';
import { NOTIFICATION_TABLES } from './adapters/tables.ts';
import type { Inbox } from './application/ports.ts';
import { messageFor } from './domain/message-for.ts';

const owned = { customerId: z.string().refine(isCustomerId) };
const notified = z.discriminatedUnion('type', [
  z.object({ type: z.literal('OrderConfirmed'), data: z.object(owned) }),
  z.object({
    type: z.literal('OrderCancelled'),
    data: z.object({ ...owned, reason: z.enum(CANCELLATION_REASONS), parked: z.array(z.enum(COMPENSATIONS)) }),
  }),
]);

/** Tells the customer how the order ended: one notification per event, however often the event comes. */
export const makeHandler = ({ inbox }: { readonly inbox: Inbox }) =>
  eventConsumer(async (event) => {
    const { orderId, eventId, occurredAt } = event;
    const told = notified.parse(event);
    await inbox.put({
      ...messageFor(orderId, told),
      customerId: told.data.customerId,
      occurredAt,
      notificationId: `${occurredAt}#${eventId}`,
    });
  });

const environment = readEnvironment(z.object({ [NOTIFICATION_TABLES.notifications.variable]: z.string() }));
export const handler: SQSHandler = makeHandler({
  inbox: new DynamoDbInbox(documentClient(), environment.NOTIFICATIONS_TABLE),
});
