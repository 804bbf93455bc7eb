import type { SQSHandler } from 'aws-lambda';
import type { OrderEvent } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { type WakeDeps, wakeOrder } from './application/wake-order.ts';
import { waking } from './composition.ts';

/** Lets an order go on at once when an event has changed what it waits for. */
export const makeHandler = (deps: WakeDeps) =>
  eventConsumer(({ orderId, type, data }) => wakeOrder(deps, orderId, { type, data } as OrderEvent));

export const handler: SQSHandler = makeHandler(waking());
