import type { SQSHandler } from 'aws-lambda';
import type { OrderEvent } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/consumer.ts';
import type { KeeperDeps } from './application/ports.ts';
import { wakeOrder } from './application/wake-order.ts';
import { releasing } from './composition.ts';

/** Lets an order go on at once when an event has changed what it waits for. */
export const makeHandler = (deps: Pick<KeeperDeps, 'waits' | 'tokens' | 'now'>) =>
  eventConsumer(async ({ orderId, type, data }) => {
    await wakeOrder(deps, orderId, { type, data } as OrderEvent);
  });

export const handler: SQSHandler = makeHandler(releasing());
