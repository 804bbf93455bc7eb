import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler, orderIdOf, orderNotFound } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { DynamoDbOrderLog } from '../shared/event-log/dynamodb-order-log.ts';
import type { OrderLog } from '../shared/event-log/port.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { ordersOpenTo } from '../shared/http/caller.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { parseQuery } from '../shared/http/query.ts';
import { publish } from './domain/published.ts';
import { historyQuery, placeInHistory } from './http/history-request.ts';

/**
 * `GET /api/v1/orders/{orderId}/history`: the events of the order, oldest first, without personal data, page by page. Events
 * that come while somebody pages are on the last page.
 */
export const makeHandler = ({ log }: { readonly log: Pick<OrderLog, 'read'> }) =>
  apiHandler(async (http) => {
    const isOpen = ordersOpenTo(http.caller, 'orders:read');
    const orderId = orderIdOf(http);
    const { limit, cursor } = parseQuery(historyQuery, http);
    // One more than wanted tells whether there is another page; a later one asks for the first event only to know whose order it is.
    const beginning = await log.read(orderId, 1, cursor === undefined ? limit + 1 : 1);
    const [first] = beginning;
    if (first?.type !== 'OrderCreated' || !isOpen(first.data.customerId)) throw orderNotFound(orderId);
    const cursors = new Cursors(placeInHistory, { orderId });
    const after = cursors.decode(cursor);
    const events = after === undefined ? beginning : await log.read(orderId, after + 1, limit + 1);
    const page = events.slice(0, limit);
    return {
      status: 200,
      body: {
        orderId,
        events: page.map(publish),
        ...(events.length > limit ? { next: cursors.encode(page.at(-1)!.version) } : {}),
        links: { self: http.path },
      },
    };
  });

const environment = readEnvironment(z.object({ [EVENT_LOG_TABLES.orderLog.variable]: z.string() }));
export const handler: Handler = limited(
  makeHandler({ log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE) }),
);
