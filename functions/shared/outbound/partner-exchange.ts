import type { Result } from '../kernel/result.ts';
import type { HttpAnswer } from './http-exchange.ts';

export interface PartnerAnswer {
  readonly status: number;
  /** Parsed JSON, not yet validated. */
  readonly body: unknown;
  /** Names are in lower case. */
  readonly headers?: HttpAnswer['headers'];
}

/**
 * No answer that shows the outcome of the request: the connection broke, time ran out, the partner failed inside (5xx), was too
 * busy (429), or said what makes no sense. The request may have been carried out, or may yet be.
 */
export interface PartnerSilence {
  readonly cause: unknown;
}

export interface PartnerRequest<Operation extends string, Answer> {
  /** What is asked, in our words; it decides which partner is asked. */
  readonly operation: Operation;
  /** Requests about the same thing have the same one, such as an order's id. */
  readonly affinity: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** What an answer says, a refusal included; undefined when it makes no sense. */
  readonly read: (answer: PartnerAnswer) => Answer | undefined;
}

/** The way to partners, with whatever policies stand in it. Adapters know nothing of these. */
export interface PartnerExchange<Operation extends string> {
  /** @throws CircuitOpen, PartnerBusy, NoHealthyInstance when the request was surely not carried out, and never will be */
  send<Answer>(request: PartnerRequest<Operation, Answer>): Promise<Result<Answer, PartnerSilence>>;
}
