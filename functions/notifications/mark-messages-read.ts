import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { customerIdOf, openTo } from '../shared/http/customer-path.ts';
import { bodyOf } from '../shared/http/request.ts';
import type { Messages } from './application/ports.ts';
import { messages } from './composition.ts';
import { messageIdOf } from './http/message-requests.ts';
import { UNREAD_COUNTED } from './http/shown-message.ts';
import { markMessagesRead } from './routes.ts';

interface Deps {
  readonly messages: Pick<Messages, 'markRead' | 'countUnread'>;
  readonly now: () => number;
}

/** `POST /api/v1/customers/{customerId}/messages/read`: notes which messages were read. To say it again changes nothing. */
export const makeHandler = (deps: Deps) =>
  endpoint(markMessagesRead, async (http) => {
    const customerId = customerIdOf(http, openTo(http.caller));
    const { messageIds } = bodyOf(http);
    const at = new Date(deps.now()).toISOString();
    const marked = await Promise.all(
      [...new Set(messageIds)].map(async (id) => ((await deps.messages.markRead(customerId, id, at)) ? [id] : [])),
    );
    const unread = await deps.messages.countUnread(customerId, UNREAD_COUNTED);
    return { status: 200, body: { messageIds: marked.flat().map(messageIdOf), unread } };
  });

export const handler: Handler = limited(makeHandler({ messages: messages(), now: Date.now }));
