/** What all requests of a merchant have in common: their ids, the keys of idempotency, the faults, and how they are refused. */
import type { Faults } from '../shared/faults.ts';
import { type Answer, type Answered, type Call, HANG_UP, type Route, SILENCE } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { newId } from './intents.ts';
import { type KeptAnswers, type Keyed, keyIn } from './kept-answers.ts';
import type { Notices } from './notices.ts';
import type { PaymentMovement } from './protocol.ts';
import { errorAnswer, inOurWords, invalid, Refusal } from './refusal.ts';
import { pageAt, shownIntent } from './shown.ts';

/**
 * What can go wrong with a request: it is not carried out and has no answer (`ignored`), or it is and the answer is lost (`lost`); a server
 * before the gateway answers 503 (`unavailable`), or too many have been sent (`too-many`); the gateway fails, and keeps that it did:
 * without an effect (`fails`) or after it (`fails-after`).
 */
export const FAULTS = ['ignored', 'lost', 'unavailable', 'too-many', 'fails', 'fails-after'] as const;
export type Fault = (typeof FAULTS)[number];

/** The form of a request, and the address of the gateway as its merchant knows it. */
export interface Asked {
  readonly id: string;
  /** The parts of the path that the operation names. */
  readonly params: Readonly<Record<string, string>>;
  readonly form: URLSearchParams;
  readonly host: string;
  /** Its Idempotency-Key. */
  readonly key?: string | undefined;
}

/** What a request has brought about. */
export interface Outcome {
  readonly body: object;
  /** The answer comes this many milliseconds later. */
  readonly afterMs?: number | undefined;
  /** The answer never comes. */
  readonly silent?: boolean | undefined;
}

interface Operation {
  /** The path, such as `/v1/refunds/:id`; `PUT /v1/faults` names the operation by it, after its method. */
  readonly path: string;
  /** What happens before the request is looked at; an answer ends it. */
  readonly before?: (asked: Asked) => Answered | undefined;
  /** @throws Refusal */
  readonly carryOut: (asked: Asked) => Outcome;
}

interface MerchantRequestsOptions {
  readonly ledger: Ledger<PaymentMovement>;
  readonly kept: KeptAnswers;
  readonly faults: Faults<Fault>;
  readonly notices: Notices;
}

const FAILED = errorAnswer(500, { type: 'api_error', message: 'An error occurred on our side.' });
const TOO_MANY = errorAnswer(429, {
  type: 'invalid_request_error',
  code: 'rate_limit',
  message: 'Too many requests hit the API too quickly.',
});
export const UNAVAILABLE = errorAnswer(503, { type: 'api_error', message: 'We are away for a moment.' });

export class MerchantRequests {
  readonly #options: MerchantRequestsOptions;

  constructor(options: MerchantRequestsOptions) {
    this.#options = options;
  }

  get({ path, carryOut }: Operation): Route {
    return route('GET', path, (call, id) => {
      const fault = this.#options.faults.take(`GET ${path}`);
      if (fault !== undefined) return fault === 'ignored' || fault === 'lost' ? HANG_UP : without(fault);
      const { body } = carryOut({ id, params: call.params, form: call.query, host: call.headers.host ?? '' });
      return { status: 200, body };
    });
  }

  post(operation: Operation): Route {
    return route('POST', operation.path, (call, id) => {
      const { faults, kept } = this.#options;
      const { params, text, headers } = call;
      const key = keyIn(headers['idempotency-key']);
      const asked: Asked = { id, params, form: new URLSearchParams(text), host: headers.host ?? '', key };
      const fault = faults.take(`POST ${operation.path}`);
      if (fault === 'ignored') return HANG_UP;
      if (fault === 'unavailable' || fault === 'too-many') return without(fault);
      const keyed = key === undefined ? undefined : { key, path: call.target, form: asked.form };
      const early = operation.before?.(asked);
      if (early !== undefined) return early;
      const replayed = keyed && kept.of(keyed);
      if (replayed !== undefined) return fault === 'lost' ? HANG_UP : replayed;
      const { outcome, answer } = this.#carriedOut(operation, asked, keyed, fault);
      if (outcome?.silent) return SILENCE;
      if (fault === 'lost') return HANG_UP;
      const afterMs = outcome?.afterMs;
      if (keyed !== undefined && afterMs !== undefined) kept.answersAfter(keyed.key, afterMs);
      return { ...answer, ...(afterMs !== undefined && { afterMs }) };
    });
  }

  /** The effect and the kept answer are written together, or neither is. */
  #carriedOut({ carryOut }: Operation, asked: Asked, keyed: Keyed | undefined, fault: Fault | undefined) {
    const { ledger, kept, notices } = this.#options;
    const cause = { id: asked.id, idempotency_key: keyed?.key ?? null };
    return ledger.transaction(() => {
      let outcome: Outcome | undefined;
      let answer = FAILED;
      let isResult = true;
      if (fault !== 'fails') {
        try {
          outcome = notices.causedBy(cause, asked.host, () => carryOut(asked));
          if (fault !== 'fails-after') answer = { status: 200, body: outcome.body };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          ({ isResult } = error);
          answer = refused(error, asked.host);
        }
      }
      if (keyed !== undefined && isResult) kept.keep(keyed, answer, asked.id);
      return { outcome, answer };
    });
  }
}

const without = (fault: Fault): Answer =>
  fault === 'unavailable' ? UNAVAILABLE : fault === 'too-many' ? TOO_MANY : FAILED;

function refused({ status, error, about }: Refusal, host: string): Answer {
  return errorAnswer(status, about ? { ...error, payment_intent: shownIntent(about, pageAt(host)) } : error);
}

const VERSION = /^20\d\d-\d\d-\d\d(\.[a-z]+)?$/;

/** Each answer has the id of its request. */
function route(method: 'GET' | 'POST', path: string, handle: (call: Call, id: string) => Answered): Route {
  return {
    method,
    path: new RegExp(`^${path.replace(':id', '(?<id>[\\w-]{1,255})')}$`),
    refused: (refusal) => identified(inOurWords(refusal), newId('req')),
    handle: (call) => {
      const id = newId('req');
      try {
        const version = call.headers['stripe-version'] ?? '';
        if (version !== '' && !VERSION.test(String(version))) {
          throw invalid(`Invalid Stripe API version: ${String(version)}`);
        }
        const answered = handle(call, id);
        return typeof answered === 'symbol' ? answered : identified(answered, id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return identified(refused(error, call.headers.host ?? ''), id);
      }
    },
  };
}

const identified = (answer: Answer, id: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'request-id': id },
});
