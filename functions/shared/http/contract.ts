/**
 * What an endpoint promises, in the schemas that its handler validates with. The API document is made of contracts; tests
 * execute their examples. A contract imports neither a handler nor an SDK.
 */
import type * as z from 'zod';
import type { AnswerHeader, ConditionalHeader } from './headers.ts';
import { PROBLEMS, type ProblemKind, problemType } from './problem-catalogue.ts';
import type { Callers } from './route.ts';

export interface Contract {
  /** Names the operation in clients that are made from the document. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly tag: 'Orders' | 'Order commands' | 'Operations' | 'API document';
  /** One line. */
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly callers: Callers;
  readonly request?: {
    readonly path?: z.ZodObject;
    readonly query?: z.ZodType;
    /** Beside those that every operation takes. */
    readonly headers?: readonly ConditionalHeader[];
    /** JSON. */
    readonly body?: z.ZodType;
  };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals of its own, beside those that follow from its callers and its request (`problemsOf`). */
  readonly problems: readonly ProblemKind[];
  /** The first is the plainest. Each is executed by a test. */
  readonly examples: readonly Example[];
}

/** An answer that is no problem. */
export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** @default application/json */
  readonly mediaType?: string;
  readonly headers?: readonly AnswerHeader[];
}

/** What has happened to the order of an example before. */
export type Situation =
  | 'a held order'
  | 'a confirmed order'
  | 'a shipped order'
  | 'a delivered order'
  | 'a delivered order with a return';

export interface Example {
  /** In kebab case; names the request and its answer in the document. */
  readonly name: string;
  readonly summary: string;
  /** @default a confirmed order: charged, and its parcel arranged */
  readonly given?: Situation;
  /** @default somebody who may do it: a customer, where customers may */
  readonly by?: 'a customer';
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Partial<Record<ConditionalHeader, string>>>;
  readonly body?: unknown;
  readonly answer: { readonly status: number; readonly body?: unknown };
}

/** The answer of an example that is refused. */
export function refused(kind: ProblemKind, detail: string, instance: string, more: object = {}): Example['answer'] {
  const { status, title } = PROBLEMS[kind];
  return { status, body: { type: problemType(kind), title, status, detail, instance, ...more } };
}

/** Every kind of problem that the operation can answer. */
export function problemsOf({ callers, request = {}, problems }: Contract): ProblemKind[] {
  const { query, headers = [], body } = request;
  const checked =
    query !== undefined || body !== undefined || headers.includes('Idempotency-Key') || headers.includes('If-Match');
  const kinds: readonly (readonly ProblemKind[] | false)[] = [
    problems,
    callers !== 'anyone' && ['unauthorised', 'forbidden', 'too-many-requests', 'temporarily-unavailable'],
    checked && ['invalid-request'],
    body !== undefined && ['malformed-json', 'body-too-large', 'unsupported-media-type'],
    headers.includes('Idempotency-Key') && ['idempotency-key-in-use', 'idempotency-key-reused'],
    headers.includes('If-Match') && ['precondition-failed'],
    ['too-many-requests', 'internal-error', 'no-usable-answer', 'answer-too-late'],
  ];
  const able = new Set(kinds.flatMap((list) => list || []));
  return (Object.keys(PROBLEMS) as ProblemKind[]).filter((kind) => able.has(kind));
}
