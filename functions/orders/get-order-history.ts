import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler, orderIdOf, orderNotFound } from '../shared/edge/api.ts';
import { ordersOpenTo } from '../shared/edge/caller.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { fold } from './domain/evolve.ts';
import { publish } from './domain/published.ts';

/** `GET /api/v1/orders/{orderId}/history`: every event of the order, oldest first, without personal data. */
export const makeHandler = ({ log }: { readonly log: OrderLog }) => apiHandler(async (http) => {
  const isOpen = ordersOpenTo(http.caller, 'orders:read');
  const orderId = orderIdOf(http);
  const events = await log.read(orderId);
  const order = fold(events);
  if (order.status === 'none' || !isOpen(order.customerId)) throw orderNotFound(orderId);
  return { status: 200, body: { orderId, events: events.map(publish) } };
});

const environment = readEnvironment(z.object({ ORDER_LOG_TABLE: z.string() }));
export const handler: Handler = limited(makeHandler({ log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE) }));
