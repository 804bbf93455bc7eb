/**
 * The types of problems (RFC 9457) that every endpoint can have. Functions, API Gateway's own answers and the API document read
 * them. A bundle holds those that its function uses.
 */

export interface ProblemType {
  /** The last part of the problem's `type`, and stable. */
  readonly kind: string;
  readonly status: number;
  readonly title: string;
}

/** The `type` of a problem document. */
export const problemUri = ({ kind }: ProblemType): string => `urn:waybill:problem:${kind}`;

export const MALFORMED_JSON: ProblemType = { kind: 'malformed-json', status: 400, title: 'The body is not JSON' };
export const INVALID_REQUEST: ProblemType = { kind: 'invalid-request', status: 400, title: 'The request is not valid' };
export const INVALID_CURSOR: ProblemType = {
  kind: 'invalid-cursor',
  status: 400,
  title: 'The cursor does not belong to this query',
};
export const UNAUTHORISED: ProblemType = { kind: 'unauthorised', status: 401, title: 'The request has no valid token' };
export const FORBIDDEN: ProblemType = { kind: 'forbidden', status: 403, title: 'The caller may not do this' };
export const NO_SUCH_RESOURCE: ProblemType = {
  kind: 'no-such-resource',
  status: 404,
  title: 'There is no such resource',
};
export const METHOD_NOT_ALLOWED: ProblemType = {
  kind: 'method-not-allowed',
  status: 405,
  title: 'The path does not have this method',
};
export const ORDER_NOT_FOUND: ProblemType = { kind: 'order-not-found', status: 404, title: 'There is no such order' };
export const CUSTOMER_NOT_FOUND: ProblemType = {
  kind: 'customer-not-found',
  status: 404,
  title: 'There is no such customer',
};
export const CONFLICTING_CHANGE: ProblemType = {
  kind: 'conflicting-change',
  status: 409,
  title: 'Others changed the same thing at the same moment',
};
export const IDEMPOTENCY_KEY_IN_USE: ProblemType = {
  kind: 'idempotency-key-in-use',
  status: 409,
  title: 'A request with this Idempotency-Key is still being answered',
};
export const PRECONDITION_FAILED: ProblemType = {
  kind: 'precondition-failed',
  status: 412,
  title: 'It has changed since it was read',
};
export const BODY_TOO_LARGE: ProblemType = { kind: 'body-too-large', status: 413, title: 'The body is too large' };
export const UNSUPPORTED_MEDIA_TYPE: ProblemType = {
  kind: 'unsupported-media-type',
  status: 415,
  title: 'The body must be application/json in UTF-8',
};
export const REQUEST_REFUSED: ProblemType = {
  kind: 'request-refused',
  status: 422,
  title: 'The request cannot be granted',
};
export const IDEMPOTENCY_KEY_REUSED: ProblemType = {
  kind: 'idempotency-key-reused',
  status: 422,
  title: 'This Idempotency-Key belongs to another request',
};
export const TOO_MANY_REQUESTS: ProblemType = { kind: 'too-many-requests', status: 429, title: 'Too many requests' };
export const INTERNAL_ERROR: ProblemType = {
  kind: 'internal-error',
  status: 500,
  title: 'Something went wrong on our side',
};
export const NO_USABLE_ANSWER: ProblemType = {
  kind: 'no-usable-answer',
  status: 502,
  title: 'The request could not be handled',
};
export const TEMPORARILY_UNAVAILABLE: ProblemType = {
  kind: 'temporarily-unavailable',
  status: 503,
  title: 'A service that this answer needs did not respond',
};
export const ANSWER_TOO_LATE: ProblemType = {
  kind: 'answer-too-late',
  status: 504,
  title: 'There was no answer in time',
};
