import * as z from 'zod';

/** Ids from elsewhere, such as a checkout's, as they can go into logs and events. */
export const correlationId = z.string().regex(/^[\w.:-]{1,128}$/);
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);
/** A version in quotes: the ETag of what has versions. */
export const versionTag = z.string().regex(/^"(0|[1-9]\d{0,8})"$/);
const anyText = z.string();

/** Headers that the API reads, in the form in which it takes them. */
export const REQUEST_HEADERS = {
  'X-Correlation-Id': {
    schema: anyText,
    description:
      'Names the request and all its effects, in answers, events and logs: 1 to 128 letters, digits and any of `_ . : -`. A request without such a one gets one.',
    example: 'checkout-7f3a',
  },
  'Idempotency-Key': {
    schema: idempotencyKey,
    description:
      'Makes the request safe to repeat: the same key and body get the answer of the first time, for 30 days. Keys belong to a caller and an operation.',
    example: '5f1c6a52',
  },
  'If-Match': {
    schema: versionTag,
    description: 'The `ETag` that the caller has read. When there is another version now, nothing is done.',
    example: '"6"',
  },
  'If-None-Match': {
    schema: anyText,
    description: 'The `ETag` of the client’s copy: it is confirmed with 304 while it is current.',
    example: '"2f1a"',
  },
} as const satisfies Readonly<
  Record<string, { readonly schema: z.ZodType; readonly description: string; readonly example: string }>
>;

export type RequestHeader = keyof typeof REQUEST_HEADERS;
/** Headers that only some operations take. */
export type ConditionalHeader = Exclude<RequestHeader, 'X-Correlation-Id'>;

/** Headers that answers can have; those that are `required` are on every answer that has them at all. */
export const ANSWER_HEADERS = {
  'X-Correlation-Id': {
    description: 'That of the request, or the one that the request got. On every answer.',
    required: true,
    example: 'checkout-7f3a',
  },
  Location: {
    description: 'Where the order is.',
    required: true,
    example: '/api/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057',
  },
  ETag: {
    description:
      'The version that the answer shows, in quotes; of pages and lists a digest. Sent back as `If-None-Match`, it has what is unchanged confirmed with 304.',
    required: true,
    example: '"6"',
  },
  'Cache-Control': {
    description:
      'How long a copy may be used. On every answer: `no-store`, but for answers with an `ETag` that can be confirmed (`private, no-cache`), and the API document and its page.',
    required: true,
    example: 'no-store',
  },
  'Idempotency-Replayed': {
    description: '`true` on an answer that was stored for the first request with this `Idempotency-Key`.',
    example: 'true',
  },
  'Retry-After': { description: 'Seconds after which to repeat the request.', example: '1' },
  'RateLimit-Limit': {
    description: 'Requests that the caller can make at once when its bucket is full.',
    example: '40',
  },
  'RateLimit-Remaining': { description: 'Requests that the caller can make right now.', example: '39' },
  'RateLimit-Reset': {
    description: 'Seconds until the caller can make as many as `RateLimit-Limit` again.',
    example: '1',
  },
  Allow: { description: 'The methods that the path has.', required: true, example: 'GET, POST' },
  'WWW-Authenticate': {
    description: 'The kind of token that is needed, and its issuer (`realm`).',
    required: true,
    example: 'Bearer realm="https://id.example.com"',
  },
} as const satisfies Readonly<
  Record<string, { readonly description: string; readonly required?: true; readonly example: string }>
>;

export type AnswerHeader = keyof typeof ANSWER_HEADERS;
