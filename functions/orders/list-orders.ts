import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { ordersOpenTo } from '../shared/http/caller.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { parseQuery } from '../shared/http/query.ts';
import { DynamoDbCustomerOrders } from './adapters/dynamodb-customer-orders.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import type { CustomerOrders } from './application/ports.ts';
import { customerIdOf, listQuery, placeInList } from './http/list-request.ts';
import { pageOfOrders } from './http/page-of-orders.ts';

/**
 * `GET /api/v1/orders/customer/{customerId}`: a customer's orders, newest first, for the customer and for operators. It reads
 * the read model: an order shows up a second or two after it was placed, while `GET /api/v1/orders/{orderId}` has it at once.
 */
export const makeHandler = ({ orders }: { readonly orders: CustomerOrders }) =>
  apiHandler(async (http) => {
    const customerId = customerIdOf(http, ordersOpenTo(http.caller, 'orders:read'));
    const { limit, cursor, ...filter } = parseQuery(listQuery, http);
    const query = { customerId, ...filter };
    const cursors = new Cursors(
      placeInList,
      query,
      ({ createdAt }) => createdAt >= (query.from ?? '') && createdAt <= (query.to ?? '~'),
    );
    const page = await orders.page(query, limit, cursors.decode(cursor));
    return pageOfOrders(page, cursors, http);
  });

const environment = readEnvironment(z.object({ [ORDER_TABLES.orderView.variable]: z.string() }));
export const handler: Handler = limited(
  makeHandler({ orders: new DynamoDbCustomerOrders(documentClient(), environment.ORDER_VIEW_TABLE) }),
);
