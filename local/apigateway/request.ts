import type { IncomingMessage } from 'node:http';
import { GatewayError } from './gateway-error.ts';

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** A client reads the answer only after it has sent its body: so much of a body that is too large is read and thrown away. */
const MAX_DISCARDED_BYTES = 4 * MAX_BODY_BYTES;

/** Headers that a function does not get: those of the connection, and those that API Gateway itself writes. */
const OWN_HEADERS = [
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** A request, before it is matched with a resource. */
export interface HttpRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By name as the client wrote it. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly sourceIp: string;
  readonly protocol: string;
}

/** Names are matched in any case; of several values the last counts, as in API Gateway's `headers`. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  return Object.entries(request.headers)
    .findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
    .at(-1);
}

export function parseRequest(message: IncomingMessage): HttpRequest {
  const [path, query] = targetOf(message.url ?? '/');
  const sourceIp = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const headers = headersOf(message.rawHeaders);
  const forwardedFor = [message.headers['x-forwarded-for'] ?? [], sourceIp].flat().join(', ');
  headers['X-Forwarded-For'] = [forwardedFor];
  headers['X-Forwarded-Port'] = [String(message.socket.localPort ?? '')];
  headers['X-Forwarded-Proto'] = ['http'];
  return { method: message.method ?? 'GET', path, query, headers, sourceIp, protocol: `HTTP/${message.httpVersion}` };
}

/** @throws GatewayError for a body that is too large or breaks off. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  if (Number(message.headers['content-length'] ?? 0) > MAX_DISCARDED_BYTES) throw new GatewayError('REQUEST_TOO_LARGE');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop early must not destroy the connection, which still carries the answer.
    for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else chunks.length = 0;
      if (size > MAX_DISCARDED_BYTES) break;
    }
  } catch {
    throw new GatewayError('BAD_REQUEST_BODY');
  }
  if (size > MAX_BODY_BYTES) throw new GatewayError('REQUEST_TOO_LARGE');
  return Buffer.concat(chunks);
}

/** Path and query of a request target, also in the absolute form that clients use with proxies. */
function targetOf(url: string): [path: string, query: URLSearchParams] {
  const origin = url.startsWith('/') ? '' : (/^https?:\/\/[^/?]*/i.exec(url)?.[0] ?? '');
  const target = url.slice(origin.length);
  const mark = target.indexOf('?');
  return mark === -1
    ? [target, new URLSearchParams()]
    : [target.slice(0, mark), new URLSearchParams(target.slice(mark + 1))];
}

function headersOf(raw: readonly string[]): Record<string, string[]> {
  // Without a prototype, so that a header such as `__proto__` is only a name.
  const headers = Object.create(null) as Record<string, string[]>;
  for (let index = 0; index < raw.length; index += 2) {
    const [name, value] = [raw[index]!, raw[index + 1]!];
    if (!OWN_HEADERS.includes(name.toLowerCase())) (headers[name] ??= []).push(value);
  }
  return headers;
}
