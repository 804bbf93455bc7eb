import { createHash } from 'node:crypto';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './request.ts';

export interface CacheableText {
  readonly text: string;
  readonly contentType: string;
  /** @default a cached copy is fresh for five minutes; after that its ETag is checked */
  readonly cacheControl?: string;
  /** Sent with the text, and with 304: browsers put the headers of a 304 in the place of those that they have kept. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a text that stays the same until the next deployment, and with 304 to a client that has it. */
export function cacheableText({
  text,
  contentType,
  cacheControl = 'public, max-age=300',
  headers = {},
}: CacheableText): (request: Pick<ApiRequest, 'headers'>) => Promise<ApiAnswer> {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const cacheable = { ETag: tag, 'Cache-Control': cacheControl, ...headers };
  return async ({ headers: asked }) =>
    isAmong(tag, asked['if-none-match'])
      ? { status: 304, headers: cacheable, text: '' }
      : { status: 200, headers: { 'Content-Type': contentType, ...cacheable }, text };
}

/** If-None-Match of RFC 9110, 13.1.2: tags are compared without regard to their weakness. */
const isAmong = (tag: string, list = ''): boolean =>
  list
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === tag);
