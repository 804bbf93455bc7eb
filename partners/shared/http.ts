/** JSON over HTTP as the partners speak it: routes, limits, and an error body `{ error, detail? }` for everything else. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type * as z from 'zod';
import type { Admission } from './admission.ts';
import { foreignRequest } from './foreign-requests.ts';

/** Far more than any request of these protocols needs. */
export const MAX_BODY_BYTES = 64 * 1024;
/** Longer than clients keep an idle connection, so that none is closed while a request is on its way. */
const KEEP_ALIVE_MS = 65_000;

export interface Answer {
  readonly status: number;
  /** An object is sent as JSON, anything else as it is. */
  readonly body: object | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the answer only after this many milliseconds; its effect happens at once. */
  readonly afterMs?: number;
}

/** Instead of an answer: the connection stays open until the client gives up. */
export const SILENCE = Symbol('silence');
/** Instead of an answer: the connection breaks. */
export const HANG_UP = Symbol('hang-up');

export interface Call {
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Path and query as they came. */
  readonly target: string;
  /** The body as it came. */
  readonly text: string;
  /** The parsed body, JSON or the fields of a form; undefined when there was none. */
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Matches the whole path; its named groups become `params`. */
  readonly path: RegExp;
  /** Answered without a credential. @default false */
  readonly open?: boolean;
  /** Says in the words of this protocol that a request was refused before it was handled. @default `{ error, detail? }` */
  refused?(refusal: HttpError): Answer;
  /** @throws HttpError for a request that is refused */
  handle(call: Call): Answered | Promise<Answered>;
}

export type Answered = Answer | typeof SILENCE | typeof HANG_UP;

/** A request that is answered with an error. */
export class HttpError extends Error {
  override readonly name = 'HttpError' as const;
  readonly answer: Answer;

  /** @param error a stable code; clients decide on it */
  constructor(status: number, error: string, detail?: string) {
    super(`${status} ${error}`);
    this.answer = { status, body: detail === undefined ? { error } : { error, detail } };
  }
}

/** @throws HttpError 400 that names every fault */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new HttpError(
    400,
    'invalid-request',
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
  );
}

/** How a server speaks TLS. */
export interface ServerTls {
  /** In PEM, as the others. */
  readonly certificate: string;
  readonly key: string;
  /** Who vouches for the certificates of clients. @default they need none */
  readonly clientAuthority?: string;
}

export interface ServerOptions {
  /** Decides who may ask. @default everybody */
  readonly admit?: Admission | undefined;
  /** @default it speaks plain HTTP */
  readonly tls?: ServerTls | undefined;
}

/** A server that answers every request; an unexpected error is answered 500 and reported. */
export function jsonServer(
  routes: readonly Route[],
  report: (error: unknown) => void,
  { admit, tls }: ServerOptions = {},
): Server {
  return serverOver(tls, (request, response) => {
    answerTo(request, routes, admit).then(
      (answer) => {
        if (answer === SILENCE) return;
        if (answer === HANG_UP) return void response.destroy();
        if (answer.afterMs === undefined) send(response, answer);
        else setTimeout(() => send(response, answer), answer.afterMs);
      },
      (error: unknown) => {
        const clientGone = request.destroyed && !request.complete;
        if (clientGone) return;
        if (!(error instanceof HttpError)) report(error);
        send(response, error instanceof HttpError ? error.answer : { status: 500, body: { error: 'internal' } });
      },
    );
  });
}

/** A request whose connection has no good certificate is read all the same, so that it gets an answer that says so. */
function serverOver(tls: ServerTls | undefined, listener: RequestListener): Server {
  if (tls === undefined) return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
  const { certificate: cert, key, clientAuthority: ca } = tls;
  const client = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: false };
  return createTlsServer({ keepAliveTimeout: KEEP_ALIVE_MS, cert, key, ...client }, listener);
}

async function answerTo(
  request: IncomingMessage,
  routes: readonly Route[],
  admit: Admission | undefined,
): Promise<Answered> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const text = await readBody(request);
  const foreign = foreignRequest(request);
  if (foreign !== undefined) throw new HttpError(403, 'foreign-request', foreign);
  for (const route of routes) {
    const match = route.method === request.method ? route.path.exec(path) : null;
    if (match) {
      try {
        if (route.open !== true) await admit?.({ request, text });
        return await route.handle({
          params: { ...match.groups },
          query: new URLSearchParams(query),
          headers: request.headers,
          target: request.url ?? '',
          text,
          body: parseBody(request, text),
        });
      } catch (error) {
        if (route.refused === undefined || !(error instanceof HttpError)) throw error;
        return route.refused(error);
      }
    }
  }
  throw new HttpError(404, 'not-found');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // A body that is too large is still read to its end, so that the client reads the answer.
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BODY_BYTES) {
    throw new HttpError(413, 'body-too-large', `At most ${MAX_BODY_BYTES} bytes are accepted.`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** OAuth 2 sends forms, and banks get XML, which they read as text; everything else here is JSON. */
function parseBody({ headers }: IncomingMessage, text: string): unknown {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/xml')) return undefined;
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJson(text);
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpError(400, 'malformed-json');
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
  response.writeHead(status, { 'content-type': 'application/json', ...challenge, ...headers });
  response.end(isJson ? JSON.stringify(body) : body);
}
