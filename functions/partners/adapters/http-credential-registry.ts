import { withCredential } from '../../shared/outbound/credentials/authorised-exchange.ts';
import type { Credential } from '../../shared/outbound/credentials/credential.ts';
import type { HttpExchange } from '../../shared/outbound/http-exchange.ts';
import type { CredentialRegistry } from '../application/rotation-ports.ts';
import { partnersPart } from './new-credential.ts';

export interface HttpCredentialRegistryOptions {
  readonly partner: string;
  readonly baseUrl: string;
  readonly exchange: HttpExchange;
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The requests about credentials are in `partners/payment-gateway/README.md`, and the same at the carrier. */
export class HttpCredentialRegistry implements CredentialRegistry {
  readonly #options: HttpCredentialRegistryOptions;

  constructor(options: HttpCredentialRegistryOptions) {
    this.#options = options;
  }

  offer(credential: Credential, by: Credential): Promise<void> {
    return this.#ask('PUT', credential.keyId, partnersPart(credential), by);
  }

  confirm(credential: Credential): Promise<void> {
    return this.#ask('GET', credential.keyId, undefined, credential);
  }

  retire(keyId: string, afterSeconds: number, by: Credential): Promise<void> {
    return this.#ask('POST', `${keyId}/retire`, { afterSeconds }, by, NO_SUCH_CREDENTIAL);
  }

  /** @param meansDone a status that says that nothing is left to do */
  async #ask(
    method: string,
    path: string,
    body: object | undefined,
    by: Credential,
    meansDone?: number,
  ): Promise<void> {
    const { partner, baseUrl, exchange, timeoutMs, now } = this.#options;
    const request = {
      method,
      url: `${baseUrl.replace(/\/+$/, '')}/v1/credentials/${path}`,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs,
    };
    const { status } = await exchange(withCredential(request, by, now()));
    if ((status >= 200 && status < 300) || status === meansDone) return;
    throw new Error(
      `${partner} answered ${status} to ${method} /v1/credentials/${path} with our credential ${by.keyId}; expected a status from 200 to 299.`,
    );
  }
}

const NO_SUCH_CREDENTIAL = 404;
