import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler, orderIdOf, orderNotFound } from '../shared/edge/api.ts';
import { ordersOpenTo } from '../shared/edge/caller.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { DynamoDbOrderViews } from './adapters/dynamodb-order-views.ts';
import { DynamoDbSnapshots, snapshotEnvironment } from './adapters/dynamodb-snapshots.ts';
import { isDecided, viewOf } from './domain/order-view.ts';
import { loadOrder, type LoadDeps } from './load-order.ts';
import type { OrderViews } from './ports.ts';

interface Deps extends LoadDeps {
  readonly views: OrderViews;
}

/**
 * `GET /api/v1/orders/{orderId}`. An order that is still on its way is read from the log: it is never 404 after its 202, and
 * nobody is shown less than has happened. Once it is decided, the view says all, for half the price.
 */
export const makeHandler = ({ views, ...deps }: Deps) => apiHandler(async (http) => {
  const isOpen = ordersOpenTo(http.caller, 'orders:read');
  const orderId = orderIdOf(http);
  const view = await views.find(orderId);
  if (view && !isOpen(view.customerId)) throw orderNotFound(orderId);
  if (view && isDecided(view)) return { status: 200, body: view };
  const { order } = await loadOrder(deps, orderId, view?.version);
  if (order.status === 'none' || !isOpen(order.customerId)) throw orderNotFound(orderId);
  return { status: 200, body: viewOf(order) };
});

const environment = readEnvironment(z.object({ ORDER_VIEW_TABLE: z.string(), ORDER_LOG_TABLE: z.string(), ...snapshotEnvironment }));
const db = documentClient();
export const handler: Handler = makeHandler({
  views: new DynamoDbOrderViews(db, environment.ORDER_VIEW_TABLE),
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
  snapshots: new DynamoDbSnapshots(db, environment.ORDER_SNAPSHOTS_TABLE, environment.SNAPSHOT_EVERY),
});
