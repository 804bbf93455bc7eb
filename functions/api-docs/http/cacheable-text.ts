import { createHash } from 'node:crypto';
import type { ApiAnswer } from '../../shared/http/answer.ts';
import type { ApiRequest } from '../../shared/http/request.ts';

/** A cached copy is fresh for this long; after that its ETag is checked. */
const CACHE_CONTROL = 'public, max-age=300';

/** Answers with a text that stays the same until the next deployment, and with 304 to a client that has it. */
export function cacheableText(
  text: string,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): (request: Pick<ApiRequest, 'headers'>) => Promise<ApiAnswer> {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const cacheable = { ETag: tag, 'Cache-Control': CACHE_CONTROL };
  return async ({ headers: asked }) =>
    isAmong(tag, asked['if-none-match'])
      ? { status: 304, headers: cacheable, text: '' }
      : { status: 200, headers: { 'Content-Type': contentType, ...cacheable, ...headers }, text };
}

/** If-None-Match of RFC 9110, 13.1.2: tags are compared without regard to their weakness. */
const isAmong = (tag: string, list = ''): boolean =>
  list
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === tag);
