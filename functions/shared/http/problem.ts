import type { APIGatewayProxyResult } from 'aws-lambda';
import { type ProblemType, problemUri } from './problems.ts';
import { shown } from './shown.ts';

/** One fault of a request and its place: a pointer into the body (RFC 6901), or the name of a query parameter. */
export type FieldError =
  | { readonly pointer: string; readonly detail: string }
  | { readonly parameter: string; readonly detail: string };

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/**
 * A request that is answered with a problem document (RFC 9457). `message` becomes its `detail`. What texts repeat of the request
 * is made harmless here.
 */
export class Problem extends Error {
  override readonly name = 'Problem' as const;
  readonly #type: ProblemType;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: ProblemType, detail: string, options: ProblemOptions = {}) {
    super(shown(detail), { cause: options.cause });
    this.#type = type;
    this.errors = options.errors?.map(harmless);
    this.headers = options.headers ?? {};
  }

  get kind(): string {
    return this.#type.kind;
  }

  /** @param instance the path of the request that failed */
  toResponse(instance: string): APIGatewayProxyResult {
    const { status, title } = this.#type;
    return {
      statusCode: status,
      headers: { 'Content-Type': 'application/problem+json', ...this.headers },
      body: JSON.stringify({
        type: problemUri(this.#type),
        title,
        status,
        detail: this.message,
        instance: shown(instance),
        ...(this.errors ? { errors: this.errors } : {}),
      }),
    };
  }
}

const harmless = (error: FieldError): FieldError => {
  const detail = shown(error.detail);
  return 'pointer' in error ? { pointer: shown(error.pointer), detail } : { parameter: shown(error.parameter), detail };
};
