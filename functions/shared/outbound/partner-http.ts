import * as z from 'zod';
import { readEnvironment } from '../edge/environment.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { type HttpExchange, nodeExchange } from './http-exchange.ts';

export interface PartnerAnswer {
  readonly status: number;
  /** Parsed JSON, not yet validated. */
  readonly body: unknown;
}

/**
 * No answer that shows the outcome of the request: the connection broke, time ran out, the partner failed inside (5xx),
 * was too busy (429) or did not speak JSON. The request may have been carried out, or may yet be.
 */
export interface PartnerSilence {
  readonly cause: unknown;
}

export interface PartnerOptions {
  readonly baseUrl: string;
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  /** @default over the network */
  readonly exchange?: HttpExchange;
}

const timeout = z.object({ PARTNER_TIMEOUT_MS: z.coerce.number().int().positive().default(2_000) });

/** Where a partner is and how long to wait for it, as the function's environment says. @param variable carries the base URL */
export const partnerOptions = ({ variable }: { readonly variable: string }): PartnerOptions => ({
  baseUrl: readEnvironment(z.object({ [variable]: z.url() }))[variable]!,
  timeoutMs: readEnvironment(timeout).PARTNER_TIMEOUT_MS,
});

export interface PartnerRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON over HTTP to a partner, which can always fail to answer. Tries once: the caller knows whether a repeat is safe. */
export class PartnerHttp {
  readonly #baseUrl: string;
  readonly #timeoutMs: number;
  readonly #exchange: HttpExchange;

  constructor({ baseUrl, timeoutMs, exchange = nodeExchange }: PartnerOptions) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#timeoutMs = timeoutMs;
    this.#exchange = exchange;
  }

  async send({ method, path, body, headers = {} }: PartnerRequest): Promise<Result<PartnerAnswer, PartnerSilence>> {
    try {
      const { status, text } = await this.#exchange({
        method,
        url: `${this.#baseUrl}${path}`,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        timeoutMs: this.#timeoutMs,
      });
      if (status >= 500 || status === 429) return refuse({ cause: new Error(`${method} was answered ${status}.`) });
      return accept({ status, body: JSON.parse(text) as unknown });
    } catch (cause) {
      return refuse({ cause });
    }
  }
}
