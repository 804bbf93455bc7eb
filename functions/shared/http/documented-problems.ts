import * as problems from './problems.ts';

/** A type of problem with what it means to the client and what the client does about it. */
export interface DocumentedProblem extends problems.ProblemType {
  /** Sentences. */
  readonly meaning: string;
}

export const SHARED_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.MALFORMED_JSON,
    meaning: 'The body cannot be parsed, or is no UTF-8. Correct it; a repetition will not help.',
  },
  {
    ...problems.INVALID_REQUEST,
    meaning:
      'Something in the path, the query, a header or the body is missing, unknown or of the wrong form. `errors` points at each fault of a body and names each parameter, the first fifty of them.',
  },
  {
    ...problems.INVALID_CURSOR,
    meaning: 'Pass `next` of a page as `cursor`, unchanged and with the same query; or leave it out to begin again.',
  },
  {
    ...problems.UNAUTHORISED,
    meaning:
      'There is no bearer token, or this API does not accept it. Get a new one. The answer does not say what was wrong with it.',
  },
  {
    ...problems.FORBIDDEN,
    meaning:
      'The token is valid, but its caller may not do this: a scope is missing, or the operation is for the other kind of caller.',
  },
  {
    ...problems.NO_SUCH_RESOURCE,
    meaning: 'No operation of this API has this path.',
  },
  {
    ...problems.METHOD_NOT_ALLOWED,
    meaning: 'The header `Allow` lists the methods that the path has. HEAD and OPTIONS are not among them.',
  },
  {
    ...problems.ORDER_NOT_FOUND,
    meaning: 'There is no order with this id, or the caller may not see it. Both are answered the same way.',
  },
  {
    ...problems.CUSTOMER_NOT_FOUND,
    meaning: 'The caller may not see what this customer has, whether there is one or not.',
  },
  {
    ...problems.CONFLICTING_CHANGE,
    meaning: 'Nothing was changed. Wait as long as `Retry-After` says and repeat the request as it is.',
  },
  {
    ...problems.IDEMPOTENCY_KEY_IN_USE,
    meaning: 'Repeat the request after `Retry-After`: it then gets the answer of the first one.',
  },
  {
    ...problems.PRECONDITION_FAILED,
    meaning: 'The version in `If-Match` is not the present one. Read it again, decide again, and send the new `ETag`.',
  },
  {
    ...problems.BODY_TOO_LARGE,
    meaning: 'Bodies have 64 KiB at most.',
  },
  {
    ...problems.UNSUPPORTED_MEDIA_TYPE,
    meaning: 'Send `Content-Type: application/json` and the body as it is: in UTF-8, without a `Content-Encoding`.',
  },
  {
    ...problems.REQUEST_REFUSED,
    meaning: 'The request is understood and cannot be granted; `detail` says why. A repetition will not help.',
  },
  {
    ...problems.IDEMPOTENCY_KEY_REUSED,
    meaning: 'The first request with this key had another body. Use a new key for a new request.',
  },
  {
    ...problems.TOO_MANY_REQUESTS,
    meaning:
      'The caller’s bucket is empty. Wait as long as `Retry-After` says; the `RateLimit` headers say what is left.',
  },
  {
    ...problems.INTERNAL_ERROR,
    meaning:
      'A fault of ours; it is logged under the answer’s `X-Correlation-Id`. With an `Idempotency-Key` it is safe to repeat.',
  },
  {
    ...problems.NO_USABLE_ANSWER,
    meaning: 'A fault of ours. With an `Idempotency-Key` it is safe to repeat.',
  },
  {
    ...problems.TEMPORARILY_UNAVAILABLE,
    meaning: 'Repeat the request after `Retry-After`, with the same `Idempotency-Key`.',
  },
  {
    ...problems.ANSWER_TOO_LATE,
    meaning: 'The request may have been carried out. With an `Idempotency-Key` it is safe to repeat.',
  },
];
