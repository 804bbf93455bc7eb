/**
 * Every kind of error that the API answers: the last part of the problem's `type`, and stable. Functions, API Gateway's
 * own answers and the API document all read this list. No imports here.
 */
export const PROBLEMS = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this query' },
  unauthorised: { status: 401, title: 'The request has no valid token' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'no-such-resource': { status: 404, title: 'There is no such resource' },
  'order-not-found': { status: 404, title: 'There is no such order' },
  'customer-not-found': { status: 404, title: 'There is no such customer' },
  'return-not-found': { status: 404, title: 'The order has no such return' },
  'illegal-transition': { status: 409, title: 'The order does not allow this in its present status' },
  'conflicting-change': { status: 409, title: 'Others changed the same thing at the same moment' },
  'idempotency-key-in-use': { status: 409, title: 'A request with this Idempotency-Key is still being answered' },
  'precondition-failed': { status: 412, title: 'The order has changed since it was read' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'unknown-sku': { status: 422, title: 'The catalogue does not list this article' },
  'discount-not-applicable': { status: 422, title: 'A discount code is not for this order' },
  'nothing-to-charge': { status: 422, title: 'The order would cost nothing' },
  'order-too-large': { status: 422, title: 'The order is worth too much' },
  'request-refused': { status: 422, title: 'The request cannot be granted' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'no-usable-answer': { status: 502, title: 'The request could not be handled' },
  'temporarily-unavailable': { status: 503, title: 'A service that this answer needs did not respond' },
  'answer-too-late': { status: 504, title: 'There was no answer in time' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemKind = keyof typeof PROBLEMS;

/** The `type` of a problem document (RFC 9457). */
export const problemType = (kind: ProblemKind): string => `urn:waybill:problem:${kind}`;

/** What each means for whoever gets it, and what to do: for the API document. Apart from the list, to keep it out of the bundles. */
export const PROBLEM_MEANINGS: Readonly<Record<ProblemKind, string>> = {
  'malformed-json': 'The body cannot be parsed. Mend it; a repeat will not help.',
  'invalid-request':
    'Something in the body, a header or the query is missing, unknown or of the wrong form. `errors` points at each fault of a body and names each parameter.',
  'invalid-cursor':
    'Pass `next` of a page as `cursor`, unchanged and with the same query; or leave it out to begin anew.',
  unauthorised:
    'There is no bearer token, or it is not one that this API takes. Get a new one. The answer does not say what was wrong with it.',
  forbidden:
    'The token is good, but its owner may not do this: a scope is missing, or the operation is for the other kind of caller.',
  'no-such-resource': 'No operation of this API has this path and method.',
  'order-not-found': 'No order with this id is open to the caller. Orders of others are answered the same way.',
  'customer-not-found': 'The caller may not see orders of this customer, be there one or not.',
  'return-not-found': 'The order is there, but no return with this id was ever requested for it.',
  'illegal-transition':
    'The order is in a status in which this cannot be done; `detail` names it. Read the order anew before anything else.',
  'conflicting-change': 'Nothing was changed. Wait as long as `Retry-After` says and repeat the request as it is.',
  'idempotency-key-in-use': 'Repeat the request after `Retry-After`: it then gets the answer of the first one.',
  'precondition-failed':
    'The version in `If-Match` is not the order’s. Read the order, decide anew, and send its `ETag`.',
  'body-too-large': 'Bodies have 64 KiB at most.',
  'unsupported-media-type': 'Send `Content-Type: application/json`.',
  'unknown-sku': 'Nothing was ordered. `detail` names the articles; take them out.',
  'discount-not-applicable':
    'Nothing was ordered. `detail` names the code and says why it is not taken: leave it out, or change the items.',
  'nothing-to-charge':
    'Nothing was ordered: after its discounts, the order would be free, and there would be nothing to pay with the card. Leave a code out.',
  'order-too-large': 'The total is beyond what can be charged. Split the order.',
  'request-refused': 'The request is understood and cannot be granted; `detail` says why. A repeat will not help.',
  'idempotency-key-reused': 'The first request with this key had another body. Use a new key for a new request.',
  'too-many-requests':
    'The caller has used up its share for now. Wait as long as `Retry-After` says; the `RateLimit` headers say what is left.',
  'internal-error':
    'A fault of ours; it is logged under the answer’s `X-Correlation-Id`. With an `Idempotency-Key` it is safe to repeat.',
  'no-usable-answer': 'A fault of ours. With an `Idempotency-Key` it is safe to repeat.',
  'temporarily-unavailable': 'Repeat the request after `Retry-After`, with the same `Idempotency-Key`.',
  'answer-too-late': 'The request may have been carried out. With an `Idempotency-Key` it is safe to repeat.',
};
