/** Answers that a client may keep a copy of, and asks for again with its ETag (RFC 9110, 13.1.2). */
import { createHash } from 'node:crypto';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './request.ts';

/** The copy is its caller's, and is asked about before each use. */
const KEPT = { 'Cache-Control': 'private, no-cache' } as const;

/** The tag of a text: another text has another one. */
export const tagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;

/** Whether `If-None-Match` names the tag: tags are compared without regard to their weakness. */
export const isKept = (tag: string, { headers }: Pick<ApiRequest, 'headers'>): boolean =>
  (headers['if-none-match'] ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === tag);

/** JSON with the fields of each object in order: DynamoDB gives the fields of a map in any. */
const inOrder = (body: unknown): string =>
  JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );

/**
 * The answer with its ETag, or 304 without a body for a client whose copy is the same. An answer without an ETag of its own gets that of its text, so that
 * what is read is read, and only what has not changed is not sent.
 */
export function revalidated(answer: ApiAnswer, request: Pick<ApiRequest, 'headers'>): ApiAnswer {
  const text = 'text' in answer ? answer.text : inOrder(answer.body);
  const headers = { ...KEPT, ...answer.headers, ETag: answer.headers?.ETag ?? tagOf(text) };
  return isKept(headers.ETag, request) ? { status: 304, headers, text: '' } : { status: answer.status, headers, text };
}
