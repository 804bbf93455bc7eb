/** How the gateway says no: `{ "error": { type, code?, message, … } }`, with the status that tells kinds of errors apart. */
import type { Answer, HttpError } from '../shared/http.ts';
import type { Shown } from './intent-state.ts';

export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly code?: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

/** A request that is refused. */
export class Refusal extends Error {
  override readonly name = 'Refusal' as const;
  readonly status: number;
  readonly error: ErrorBody;
  /** The intent that the answer shows as its `payment_intent`. */
  readonly about: Shown | undefined;
  /** Whether it is the result of the request, which its Idempotency-Key keeps: it was carried out, and this is what came of it. */
  readonly isResult: boolean;

  constructor(status: number, error: ErrorBody, result: { readonly about?: Shown } | undefined = undefined) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.about = result?.about;
    this.isResult = result !== undefined;
  }
}

export const errorAnswer = (status: number, error: ErrorBody): Answer => ({
  status,
  body: { error: error.code === undefined ? error : { ...error, doc_url: docsOf(error.code) } },
});

/** A parameter is wrong. Nothing was carried out. */
export const invalid = (message: string, code?: string, param?: string): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...(code && { code }), ...(param && { param }) });

/** The intent is in a state in which that cannot be. */
export const unexpected = (message: string, about: Shown): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message }, { about });

/** There is no such thing; 404 when the path names it. */
export const missing = (what: string, id: string, param: string, status: 400 | 404 = 404): Refusal =>
  new Refusal(
    status,
    { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}: '${id}'`, param },
    {},
  );

/** A refusal of the server, such as of a credential, in the words of this protocol. */
export function inOurWords({ answer }: HttpError): Answer {
  const { error, detail } = answer.body as { readonly error: string; readonly detail?: string };
  const message = `${error}${detail === undefined ? '' : `: ${detail}`}`;
  return { ...answer, body: errorAnswer(answer.status, { type: 'invalid_request_error', message }).body };
}

const docsOf = (code: string): string => `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}`;
