/** A client of the platform that never gives up on a request that may have been lost. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { issuerOf, type TokenRequest, tokenFrom } from '../../../launch/clients/tokens.ts';

const PAUSE_MS = 500;
const PATIENCE_MS = 10_000;
/** Answers after which the same request can succeed. */
const REPEATABLE = /urn:waybill:problem:(conflicting-change|change-pending|idempotency-key-in-use)/;

/** Whether a request without an answer is to be given up: it was not accepted then. */
export type IsOver = () => boolean;

export interface PatientRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body?: unknown;
}

export interface FinalAnswer {
  readonly status: number;
  readonly text: string;
}

export class PatientClient {
  readonly #url: string;
  /** By the caller's id. */
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Repeats a request under the same key until it is answered for good; undefined when it is over before. */
  async untilAnswered(
    isOver: IsOver,
    as: TokenRequest,
    { method, path, body }: PatientRequest,
  ): Promise<FinalAnswer | undefined> {
    const key = randomUUID();
    while (!isOver()) {
      try {
        const answer = await fetch(`${this.#url}/api/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await this.#tokenOf(as)}`,
            ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const { status } = answer;
        const text = await answer.text();
        // A token lives shorter than a long run.
        if (status === 401) this.#tokens.delete(as.sub);
        else if (status < 500 && status !== 429 && !REPEATABLE.test(text)) return { status, text };
      } catch {
        // It is repeated: whether the platform took it is not known.
      }
      await sleep(PAUSE_MS);
    }
    return undefined;
  }

  #tokenOf(as: TokenRequest): Promise<string> {
    const token = this.#tokens.get(as.sub) ?? issuerOf(this.#url).then((issuer) => tokenFrom(issuer, as));
    this.#tokens.set(as.sub, token);
    token.catch(() => this.#tokens.delete(as.sub));
    return token;
  }
}
