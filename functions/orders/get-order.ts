import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler, orderIdOf, orderNotFound } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { DynamoDbOrderViews } from './adapters/dynamodb-order-views.ts';
import { fold } from './domain/evolve.ts';
import { isDecided, viewOf } from './domain/order-view.ts';
import type { OrderViews } from './ports.ts';

interface Deps {
  readonly views: OrderViews;
  readonly log: OrderLog;
}

/**
 * `GET /api/v1/orders/{orderId}`. An order that is still on its way is read from the log: it is never 404 after its 202, and
 * nobody is shown less than has happened. Once it is decided, the view says all, for half the price.
 */
export const makeHandler = ({ views, log }: Deps) => apiHandler(async (http) => {
  const orderId = orderIdOf(http);
  const view = await views.find(orderId);
  if (view && isDecided(view)) return { status: 200, body: view };
  const order = fold(await log.read(orderId));
  if (order.status === 'none') throw orderNotFound(orderId);
  return { status: 200, body: viewOf(order) };
});

const environment = readEnvironment(z.object({ ORDER_VIEW_TABLE: z.string(), ORDER_LOG_TABLE: z.string() }));
const db = documentClient();
export const handler: Handler = makeHandler({
  views: new DynamoDbOrderViews(db, environment.ORDER_VIEW_TABLE),
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
});
