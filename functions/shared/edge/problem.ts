import type { APIGatewayProxyResult } from 'aws-lambda';

/** One thing that is wrong with a request: where (RFC 6901 pointer into the body) and what. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Every kind of error that the API answers; the last part of the problem's `type`, and stable. */
export type ProblemKind =
  | 'malformed-json'
  | 'invalid-request'
  | 'unsupported-media-type'
  | 'body-too-large'
  | 'unknown-sku'
  | 'order-too-large'
  | 'forbidden'
  | 'order-not-found'
  | 'idempotency-key-in-use'
  | 'idempotency-key-reused'
  | 'temporarily-unavailable'
  | 'internal-error';

const PROBLEMS: Record<ProblemKind, { readonly status: number; readonly title: string }> = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unknown-sku': { status: 422, title: 'The catalogue does not list this article' },
  'order-too-large': { status: 422, title: 'The order is worth too much' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'order-not-found': { status: 404, title: 'There is no such order' },
  'idempotency-key-in-use': { status: 409, title: 'A request with this Idempotency-Key is still being answered' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key belongs to another request' },
  'temporarily-unavailable': { status: 503, title: 'A service that this answer needs did not respond' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
};

/** A request that is answered with a problem document (RFC 9457). `message` becomes its `detail`. */
export class Problem extends Error {
  override readonly name = 'Problem' as const;
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ProblemKind, detail: string, options: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {}) {
    super(detail, { cause: options.cause });
    this.kind = kind;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  /** @param instance the path of the request that failed */
  toResponse(instance: string): APIGatewayProxyResult {
    const { status, title } = PROBLEMS[this.kind];
    return {
      statusCode: status,
      headers: { 'Content-Type': 'application/problem+json', ...this.headers },
      body: JSON.stringify({ type: `urn:waybill:problem:${this.kind}`, title, status, detail: this.message, instance, ...(this.errors ? { errors: this.errors } : {}) }),
    };
  }
}
