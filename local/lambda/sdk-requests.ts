import { EventEmitter } from 'node:events';
import type { RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import type { EndpointAnswer, EndpointRequest } from '../contracts.ts';
import type { OpenedShortcut } from '../shortcut.ts';
import type { EndpointCall, EndpointReply } from './protocol.ts';

/** Imported, it would load undici for its export `WebSocket`: 5 MB in each thread. */
const http = process.getBuiltinModule('node:http');
/** Every request of an AWS SDK has this header. */
const SDK_HEADER = 'amz-sdk-invocation-id';

/**
 * Sends the requests that SDK clients of this thread make of the endpoint as messages through `port`. HTTP over a socket
 * between two threads of one process would cost as much as all else in such a call. Clients notice nothing: what they
 * write and read are requests and responses like those of `node:http`. Any other request goes over the network as ever.
 * @param shortcut is asked first
 */
export function sendSdkRequestsThrough(port: MessagePort, endpointUrl: string, shortcut?: OpenedShortcut): void {
  const endpoint = new URL(endpointUrl);
  const overTheNetwork = http.request;
  const waiting = new Map<number, { readonly request: SdkRequest; readonly asked: EndpointRequest }>();
  let lastId = 0;
  port.on('message', ({ id, answer }: EndpointReply) => {
    const waited = waiting.get(id);
    if (waited === undefined) return;
    waiting.delete(id);
    shortcut?.learn(waited.asked, answer);
    waited.request.answer(answer);
  });
  const throughThePort = (options: RequestOptions, onResponse?: (response: SdkResponse) => void): SdkRequest => {
    const id = ++lastId;
    const request = new SdkRequest((body) => {
      const asked = endpointRequest(options, body);
      const answered = shortcut?.answer(asked);
      if (answered !== undefined) return void answered.then((answer) => request.answer(answer));
      waiting.set(id, { request, asked });
      port.postMessage({ id, request: asked } satisfies EndpointCall);
    });
    request.once('close', () => waiting.delete(id));
    return onResponse === undefined ? request : request.once('response', onResponse);
  };
  const isForEndpoint = (options: unknown): options is RequestOptions =>
    typeof options === 'object' &&
    options !== null &&
    !(options instanceof URL) &&
    isSdkRequest(options) &&
    isAt(endpoint, options);
  http.request = ((...args: Parameters<typeof http.request>) =>
    isForEndpoint(args[0])
      ? throughThePort(...(args as unknown as Parameters<typeof throughThePort>))
      : overTheNetwork(...args)) as typeof http.request;
  syncBuiltinESMExports();
}

const isSdkRequest = ({ headers }: RequestOptions): boolean =>
  typeof headers === 'object' && !Array.isArray(headers) && SDK_HEADER in headers;

const isAt = ({ hostname, port }: URL, options: RequestOptions): boolean =>
  options.host === hostname && String(options.port) === port;

function endpointRequest({ method = 'GET', path = '/', headers }: RequestOptions, body: string): EndpointRequest {
  const lowerCased: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers as Record<string, unknown>)) {
    lowerCased[name.toLowerCase()] = String(value);
  }
  return { method, path: path ?? '/', headers: lowerCased, body };
}

/** What SDK clients use of a `http.ClientRequest`: written to, ended, and destroyed to give it up. Streams of Node would cost more than the message. */
class SdkRequest extends EventEmitter {
  readonly #send: (body: string) => void;
  #body = '';
  #over = false;

  constructor(send: (body: string) => void) {
    super();
    this.#send = send;
  }

  answer(answer: EndpointAnswer): void {
    if (this.#over) return;
    this.emit('response', sdkResponse(answer));
    this.destroy();
  }

  write(chunk: string | Uint8Array): boolean {
    this.#body +=
      typeof chunk === 'string' ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString();
    return true;
  }

  end(chunk?: string | Uint8Array): void {
    if (chunk !== undefined) this.write(chunk);
    this.#send(this.#body);
  }

  destroy(error?: Error): void {
    if (this.#over) return;
    this.#over = true;
    if (error !== undefined) this.emit('error', error);
    this.emit('close');
  }
}

/**
 * What SDK clients use of a `http.IncomingMessage`. A body that is there as a whole they take as it is; a stream they would pipe
 * into another one first.
 */
function sdkResponse({ status, headers, body }: EndpointAnswer): SdkResponse {
  return Object.assign(Buffer.from(body), { statusCode: status, statusMessage: '', headers });
}
type SdkResponse = Uint8Array & {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Readonly<Record<string, string>>;
};
