import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler, orderIdOf, orderNotFound } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { DynamoDbOrderLog } from '../shared/event-log/dynamodb-order-log.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { ordersOpenTo } from '../shared/http/caller.ts';
import { DynamoDbSnapshots, snapshotEnvironment } from './adapters/dynamodb-snapshots.ts';
import { type LoadDeps, loadOrder } from './application/load-order.ts';
import { viewOf } from './domain/order-view.ts';

/**
 * `GET /api/v1/orders/{orderId}`: the order as its stream tells it this moment. A client reads its own writes: never 404 after
 * a 202, and never less than has happened.
 */
export const makeHandler = (deps: LoadDeps) =>
  apiHandler(async (http) => {
    const isOpen = ordersOpenTo(http.caller, 'orders:read');
    const orderId = orderIdOf(http);
    const { order } = await loadOrder(deps, orderId);
    if (order.status === 'none' || !isOpen(order.customerId)) throw orderNotFound(orderId);
    return { status: 200, headers: { ETag: `"${order.version}"` }, body: viewOf(order) };
  });

const environment = readEnvironment(
  z.object({ [EVENT_LOG_TABLES.orderLog.variable]: z.string(), ...snapshotEnvironment }),
);
const db = documentClient();
export const handler: Handler = limited(
  makeHandler({
    log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
    snapshots: new DynamoDbSnapshots(db, environment.ORDER_SNAPSHOTS_TABLE, environment.SNAPSHOT_EVERY),
  }),
);
