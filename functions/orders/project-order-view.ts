import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { changedOrderConsumer } from '../shared/edge/consumer.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { DynamoDbOrderViews } from './adapters/dynamodb-order-views.ts';
import { fold } from './domain/evolve.ts';
import { viewOf } from './domain/order-view.ts';
import type { OrderViews } from './ports.ts';

interface Deps {
  readonly log: OrderLog;
  readonly views: OrderViews;
}

/**
 * Keeps the read model: an event only says that an order changed; the view is folded from the whole stream. So it
 * does not matter how often and in which order events come.
 */
export const makeHandler = ({ log, views }: Deps) => changedOrderConsumer(async (orderId) => {
  const order = fold(await log.read(orderId));
  if (order.status !== 'none') await views.save(viewOf(order));
});

const environment = readEnvironment(z.object({ ORDER_LOG_TABLE: z.string(), ORDER_VIEW_TABLE: z.string() }));
const db = documentClient();
export const handler: SQSHandler = makeHandler({
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
  views: new DynamoDbOrderViews(db, environment.ORDER_VIEW_TABLE),
});
