/** What requests about messages ask for. Unknown fields are refused. */
import * as z from 'zod';
import { LANGUAGES } from '../../published/order-events.ts';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { singleLine } from '../../shared/http/text.ts';

/** A message's id in the API: that of the inbox, without what a path would have to escape. */
export const messageIdOf = (notificationId: string): string => notificationId.replace('#', '~');
const MESSAGE_ID = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z~[0-9a-f-]{36}$/;
export const messageId = z.string().regex(MESSAGE_ID, { error: noSuchForm('the `messageId` of a message') });
const notificationId = messageId.transform((id) => id.replace('~', '#'));

/** The query of `GET /api/v1/customers/{customerId}/messages`. */
export const messageQuery = z.strictObject({
  unread: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('`true`: only those that were not read yet.'),
  limit: limitParameter,
  cursor: z.string().optional(),
});

/** At most this many messages are marked by one request: each is a write. */
const MOST_MARKED = 100;

/** The body of `POST /api/v1/customers/{customerId}/messages/read`. */
export const readMessages = z.strictObject({ messageIds: z.array(notificationId).min(1).max(MOST_MARKED) });

/** The content of a cursor of the list: the id of its last message, as the inbox has it. */
export const placeInInbox: z.ZodType<string> = z.string().regex(/^\d{4}-[\d:.TZ-]{5,30}#[0-9a-f-]{36}$/);

/** The body of `POST /api/v1/notifications/templates/{templateId}/preview`. */
export const previewRequest = z.strictObject({
  language: z.enum(LANGUAGES),
  words: z
    .record(z.string().regex(/^\w{1,40}$/), singleLine(500))
    .describe('In place of those of the example, by the names of `placeholders`.')
    .exactOptional(),
});
