import * as http from 'node:http';
import * as https from 'node:https';
import { isSafeUrl, SAFE_URL, shownUrl } from '../kernel/safe-url.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Our certificate for mutual TLS, and who vouches for the partner's. @default no certificate, and the authorities that Node trusts */
  readonly tls?: TlsIdentity;
}

/** In PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly key: string;
  readonly authority?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** Names are in lower case. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The request was not carried out, and never will be. */
export class NotCarriedOut extends Error {
  override readonly name = 'NotCarriedOut';
}

/**
 * Sends a request once and reads the whole answer. Rejects when there is none: unless it is `NotCarriedOut`,
 * it is unknown then what became of the request.
 */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * An exchange on Node's own client, whose connections are kept for the next one. It takes about a third of the processor
 * time of `fetch`, which a function pays for on every call, and no second HTTP client to load on a cold start.
 * It refuses addresses that are not safe.
 */
export const nodeExchange: HttpExchange = async (request) => {
  const { url } = request;
  if (!isSafeUrl(url)) throw new NotCarriedOut(`The address is ${shownUrl(url)}; expected ${SAFE_URL}.`);
  return exchangeAnywhere(request);
};

/** The same for an address that whoever runs the functions gives them, such as AWS's endpoint on a test network. */
export const exchangeAnywhere: HttpExchange = ({ method, url, headers, body, timeoutMs, tls }) =>
  new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:');
    const { request } = isSecure ? https : http;
    const agent = isSecure && tls !== undefined ? { agent: agentOf(tls) } : {};
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { method, headers: { ...headers, ...length }, ...agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
      });
      response.on('error', fail);
    });
    const timer = setTimeout(() => fail(new Error(`There was no answer within ${timeoutMs} ms.`)), timeoutMs);
    function fail(cause: Error): void {
      clearTimeout(timer);
      reject(cause);
      sent.destroy();
    }
    sent.on('error', fail);
    sent.end(body);
  });

/** By the certificate: connections that were made with it are kept for the next request. */
const agents = new WeakMap<TlsIdentity, https.Agent>();

function agentOf(identity: TlsIdentity): https.Agent {
  const known = agents.get(identity);
  if (known !== undefined) return known;
  const { certificate, key, authority } = identity;
  const agent = new https.Agent({ keepAlive: true, cert: certificate, key, ...(authority ? { ca: authority } : {}) });
  agents.set(identity, agent);
  return agent;
}
