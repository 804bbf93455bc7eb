import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { OrderNotFound } from '../shared/kernel/errors.ts';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../shared/kernel/order-events.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { DynamoDbInbox } from './adapters/dynamodb-inbox.ts';
import { messageFor } from './domain/templates.ts';
import type { Inbox } from './ports.ts';

const notified = z.discriminatedUnion('type', [
  z.object({ type: z.literal('OrderConfirmed'), data: z.record(z.string(), z.never()) }),
  z.object({
    type: z.literal('OrderCancelled'),
    data: z.object({ reason: z.enum(CANCELLATION_REASONS), parked: z.array(z.enum(COMPENSATIONS)) }),
  }),
]);

interface Deps {
  /** Whose order it is stands in the order's first event only. */
  readonly log: Pick<OrderLog, 'read'>;
  readonly inbox: Inbox;
}

/** Tells the customer how the order ended: one notification per event, however often the event comes. */
export const makeHandler = ({ log, inbox }: Deps) => eventConsumer(async (event) => {
  const { orderId, eventId, occurredAt } = event;
  const message = messageFor(orderId, notified.parse(event));
  const [created] = await log.read(orderId);
  if (created?.type !== 'OrderCreated') throw new OrderNotFound(`There is no order ${orderId}.`);
  await inbox.put({ ...message, customerId: created.data.customerId, occurredAt, notificationId: `${occurredAt}#${eventId}` });
});

const environment = readEnvironment(z.object({ ORDER_LOG_TABLE: z.string(), NOTIFICATIONS_TABLE: z.string() }));
const db = documentClient();
export const handler: SQSHandler = makeHandler({
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
  inbox: new DynamoDbInbox(db, environment.NOTIFICATIONS_TABLE),
});
