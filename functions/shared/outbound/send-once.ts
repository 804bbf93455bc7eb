import { accept, type Result, refuse } from '../kernel/result.ts';
import { type HttpExchange, NotCarriedOut, nodeExchange } from './http-exchange.ts';
import type { PartnerRequest, PartnerSilence } from './partner-exchange.ts';

/** No answer to one try. */
export interface Unanswered extends PartnerSilence {
  /** No connection was made, or it was not accepted as ours: the request was not carried out, and never will be. */
  readonly isUnsent: boolean;
}

export interface Destination {
  readonly baseUrl: string;
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  /** @default over the network */
  readonly exchange?: HttpExchange;
}

/** JSON over HTTP to a partner, which can always fail to answer. */
export async function sendOnce<Answer>(
  { method, path, body, headers = {}, read }: PartnerRequest<string, Answer>,
  { baseUrl, timeoutMs, exchange = nodeExchange }: Destination,
): Promise<Result<Answer, Unanswered>> {
  try {
    const {
      status,
      text,
      headers: told,
    } = await exchange({
      method,
      url: `${baseUrl.replace(/\/+$/, '')}${path}`,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      timeoutMs,
    });
    if (status >= 500 || status === 429) return silence(new Error(`${method} was answered ${status}.`));
    const answer = read({ status, body: JSON.parse(text) as unknown, ...(told && { headers: told }) });
    return answer === undefined ? silence(new Error(`An answer ${status} that makes no sense.`)) : accept(answer);
  } catch (cause) {
    return silence(cause);
  }
}

const silence = (cause: unknown): Result<never, Unanswered> => refuse({ cause, isUnsent: isUnsent(cause) });

/** There was no connection that the request could have been sent on. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The partner's certificate is not good: nothing is sent to it.
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const isUnsent = (cause: unknown): boolean =>
  cause instanceof NotCarriedOut ||
  (typeof cause === 'object' && cause !== null && 'code' in cause && NO_CONNECTION.has(String(cause.code)));
