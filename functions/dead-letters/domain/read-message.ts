/** What can be read in a message of a dead-letter queue. */
import * as z from 'zod';
import type { LetterKind, Subject } from './letter.ts';

const id = z.uuid();
const eventType = z.string().regex(/^[A-Za-z]{1,64}$/);

/** As EventBridge puts an event into a queue; or a message that one function sends to another. */
const message = z.object({
  'detail-type': z.unknown().optional(),
  detail: z.object({ eventId: z.unknown().optional(), orderId: z.unknown().optional() }).optional(),
  orderId: z.unknown().optional(),
});

/** Lambda's words about a batch of a stream that it gives up. */
const streamFailure = z.object({
  requestContext: z.object({ condition: z.string() }),
  responseContext: z.object({ functionError: z.string().optional() }).optional(),
});

/** What EventBridge says of an event that it could not deliver. */
const ERROR_CODE = 'ERROR_CODE';
const ERROR_MESSAGE = 'ERROR_MESSAGE';

export function subjectOf(body: string): Subject {
  const { 'detail-type': type, detail, orderId } = readAs(message, body) ?? {};
  return Object.fromEntries(
    [
      ['eventType', eventType.safeParse(type).data],
      ['eventId', id.safeParse(detail?.eventId).data],
      ['orderId', id.safeParse(detail?.orderId ?? orderId).data],
    ].filter(([, value]) => value !== undefined),
  ) as Subject;
}

/** The error that the message itself names. @param attributes of the message, by name */
export function errorIn(
  kind: LetterKind,
  body: string,
  attributes: Readonly<Record<string, string>>,
): { readonly error: string; readonly errorMessage?: string } | undefined {
  if (kind === 'stream') {
    const { requestContext, responseContext } = readAs(streamFailure, body) ?? {};
    if (!requestContext) return undefined;
    const { functionError } = responseContext ?? {};
    return { error: requestContext.condition, ...(functionError ? { errorMessage: functionError } : {}) };
  }
  const { [ERROR_CODE]: code, [ERROR_MESSAGE]: words } = attributes;
  return code === undefined ? undefined : { error: code, ...(words === undefined ? {} : { errorMessage: words }) };
}

function readAs<Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
