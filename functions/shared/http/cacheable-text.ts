import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './request.ts';
import { isKept, tagOf } from './revalidated.ts';

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
  const tag = tagOf(text);
  const cacheable = { ETag: tag, 'Cache-Control': cacheControl, ...headers };
  return async (request) =>
    isKept(tag, request)
      ? { status: 304, headers: cacheable, text: '' }
      : { status: 200, headers: { 'Content-Type': contentType, ...cacheable }, text };
}
