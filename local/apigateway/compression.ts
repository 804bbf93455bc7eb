import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpAnswer } from './http-answer.ts';

const compress = promisify(gzip);

/**
 * An answer as API Gateway sends it to a client that reads gzip: compressed when its body has the API's smallest size for that, and is not encoded
 * already.
 * @param from in bytes; without it an API compresses nothing
 */
export async function compressed(
  answer: HttpAnswer,
  from: number | undefined,
  acceptEncoding = '',
): Promise<HttpAnswer> {
  const { body, headers } = answer;
  if (from === undefined || body.length < from || headers['content-encoding'] !== undefined) return answer;
  if (!readsGzip(acceptEncoding)) return answer;
  return { ...answer, headers: { ...headers, 'content-encoding': ['gzip'] }, body: await compress(body) };
}

/** RFC 9110, 12.5.3: `gzip;q=0` is a refusal. */
const readsGzip = (acceptEncoding: string): boolean =>
  acceptEncoding.split(',').some((each) => /^\s*(gzip|\*)\s*(;\s*q=(0\.\d*[1-9]|1)[\d.]*)?\s*$/i.test(each));
