import { accept, refuse, type Result } from '../kernel/result.ts';

export interface PartnerAnswer {
  readonly status: number;
  /** Parsed JSON, not yet validated. */
  readonly body: unknown;
}

/**
 * No answer that tells what became of the request: the connection broke, time ran out, the partner failed inside (5xx),
 * was too busy (429) or did not speak JSON. The request may have been carried out, or may yet be.
 */
export interface PartnerSilence {
  readonly cause: unknown;
}

export interface PartnerOptions {
  readonly baseUrl: string;
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  /** @default the platform's own */
  readonly fetch?: typeof fetch;
}

interface PartnerRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON over HTTP to a partner, who can always fail to answer. Tries once: who knows what a repeat would mean decides on it. */
export class PartnerHttp {
  readonly #baseUrl: string;
  readonly #timeoutMs: number;
  readonly #fetch: typeof fetch;

  constructor({ baseUrl, timeoutMs, fetch = globalThis.fetch }: PartnerOptions) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#timeoutMs = timeoutMs;
    this.#fetch = fetch;
  }

  async send({ method, path, body, headers = {} }: PartnerRequest): Promise<Result<PartnerAnswer, PartnerSilence>> {
    try {
      const response = await this.#fetch(`${this.#baseUrl}${path}`, {
        method,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      const { status } = response;
      const text = await response.text();
      if (status >= 500 || status === 429) return refuse({ cause: new Error(`${method} was answered ${status}.`) });
      return accept({ status, body: JSON.parse(text) as unknown });
    } catch (cause) {
      return refuse({ cause });
    }
  }
}
