import { type HttpAnswer, type HttpExchange, type HttpRequest, NotCarriedOut } from '../http-exchange.ts';
import type { Credential } from './credential.ts';
import { signatureHeaders } from './message-signature.ts';
import type { CredentialObserver, CredentialSource } from './ports.ts';

export interface AuthorisedExchangeOptions {
  readonly partner: string;
  readonly exchange: HttpExchange;
  readonly credentials: CredentialSource;
  readonly observer: Pick<CredentialObserver, 'refused'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The same exchange; the partner knows us by our credential. When it does not accept it, which happens after a change, the request is
 * sent once more with the new one. A request that it accepts with none has not been carried out: it is as if there were no connection,
 * and never an answer about what was asked.
 */
export function authorisedExchange({
  partner,
  exchange,
  credentials,
  observer,
  now,
}: AuthorisedExchangeOptions): HttpExchange {
  return async (request) => {
    const begun = now();
    const credential = await credentials.current().catch((cause: unknown) => {
      throw new NotCarriedOut(`The credential for ${partner} could not be had.`, { cause });
    });
    const answer = await exchange(withCredential(request, credential, begun));
    if (!refusesCredential(answer)) return answer;

    const successor = await credentials.successorOf(credential).catch(() => undefined);
    const timeoutMs = request.timeoutMs - (now() - begun);
    if (successor === undefined || timeoutMs <= 0) return refused(credential, answer);
    const second = await exchange(withCredential({ ...request, timeoutMs }, successor, now()));
    return refusesCredential(second) ? refused(successor, second) : second;
  };

  function refused({ keyId }: Credential, { status }: HttpAnswer): never {
    observer.refused(partner, keyId, status);
    throw new NotCarriedOut(`${partner} answered ${status}: it does not accept our credential ${keyId}.`);
  }
}

/** The request with what shows that it is ours. @param at now, in milliseconds since the epoch */
export function withCredential(request: HttpRequest, credential: Credential, at: number): HttpRequest {
  const authorisation =
    credential.kind === 'bearer'
      ? { authorization: `Bearer ${credential.secret}` }
      : signatureHeaders(request, credential, at);
  return {
    ...request,
    headers: { ...request.headers, ...authorisation },
    ...(credential.tls ? { tls: credential.tls } : {}),
  };
}

/** 401 is about who asks (RFC 9110, 15.5.2). 403 is an answer about what was asked, unless it says that it knows no such credential. */
const refusesCredential = ({ status, text }: HttpAnswer): boolean =>
  status === 401 || (status === 403 && text.includes('"unknown-credential"'));
