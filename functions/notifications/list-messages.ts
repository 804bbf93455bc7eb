import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { customerIdOf, openTo } from '../shared/http/customer-path.ts';
import { queryOf } from '../shared/http/request.ts';
import type { Messages } from './application/ports.ts';
import { messages } from './composition.ts';
import { placeInInbox } from './http/message-requests.ts';
import { shownMessage, UNREAD_COUNTED } from './http/shown-message.ts';
import { listMessages } from './routes.ts';

/** `GET /api/v1/customers/{customerId}/messages`: what a customer was told, the newest first, for the customer and for operators. */
export const makeHandler = (deps: { readonly messages: Pick<Messages, 'page' | 'countUnread'> }) =>
  endpoint(listMessages, async (http) => {
    const customerId = customerIdOf(http, openTo(http.caller));
    const { limit, cursor, unread: unreadOnly } = queryOf(http);
    const cursors = new Cursors(placeInInbox, { customerId, unreadOnly });
    const after = cursors.decode(cursor);
    const [{ items, next }, unread] = await Promise.all([
      deps.messages.page(customerId, { limit, unreadOnly, after }),
      deps.messages.countUnread(customerId, UNREAD_COUNTED),
    ]);
    return {
      status: 200,
      body: {
        items: items.map(shownMessage),
        unread,
        ...(next ? { next: cursors.encode(next) } : {}),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ messages: messages() }));
