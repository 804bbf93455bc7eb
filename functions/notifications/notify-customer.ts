import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { NOTIFICATION_TABLES, notificationIdOf } from '../published/notification-tables.ts';
import { MESSAGES } from '../published/notifications.ts';
import type { RecordedOrderEvent } from '../published/order-events.ts';
import type { OrderLog } from '../published/order-log.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { DynamoDbInbox } from './adapters/dynamodb-inbox.ts';
import type { Inbox } from './application/ports.ts';
import { messageFor, type NotifiedEvent } from './domain/message-for.ts';

interface NotifyDeps {
  readonly log: Pick<OrderLog, 'findEvent'>;
  readonly inbox: Inbox;
}

const isNotified = (event: RecordedOrderEvent): event is RecordedOrderEvent<NotifiedEvent> =>
  Object.hasOwn(MESSAGES, event.type);

/** Tells the customer how the order ended and what became of a return: one notification per event, however often the event comes. */
export const makeHandler = ({ log, inbox }: NotifyDeps) =>
  eventConsumer({
    log,
    isFor: isNotified,
    handle: async (event) => {
      const { orderId, occurredAt } = event;
      const { customerId } = event.data;
      if (customerId === undefined) {
        throw new Error(`${event.type} of order ${orderId} does not say whose order it is.`);
      }
      const notificationId = notificationIdOf(event);
      await inbox.put({ ...messageFor(orderId, event), customerId, occurredAt, notificationId });
    },
  });

const environment = readEnvironment(z.object({ [NOTIFICATION_TABLES.notifications.variable]: z.string() }));
export const handler: SQSHandler = makeHandler({
  log: stepDeps().log,
  inbox: new DynamoDbInbox(documentClient(), environment.NOTIFICATIONS_TABLE),
});
