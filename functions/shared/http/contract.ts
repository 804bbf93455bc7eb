/**
 * The promise of an endpoint: its route, whose schemas its handler validates with, and what only documents say about it.
 * The API document is made of contracts; tests execute their examples. No handler imports a contract.
 */
import type * as z from 'zod';
import type { AnswerHeader, ConditionalHeader } from './headers.ts';
import * as problems from './problems.ts';
import type { Route } from './route.ts';
import type { Tag } from './tags.ts';

export interface Contract extends Route {
  readonly tag: Tag;
  /** One line. */
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  /** @default the path has no parameters */
  readonly pathParameters?: z.ZodObject;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals of its own, beside those that follow from its route (`problemsOf`). */
  readonly problems: readonly problems.ProblemType[];
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

/** Of a route that takes an `If-None-Match`: 304, without a body. */
export const UNCHANGED: Answer = { description: 'The client’s copy is current.', headers: ['ETag'] };

export interface Example {
  /** In kebab case; names the request and its answer in the document. */
  readonly name: string;
  readonly summary: string;
  /** What has happened before, as the tests know it. @default a confirmed order, whose payment is captured and shipment arranged */
  readonly given?: string;
  /** @default a caller that is allowed: a customer, where customers are */
  readonly by?: 'a customer';
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Partial<Record<ConditionalHeader, string>>>;
  readonly body?: unknown;
  readonly answer: { readonly status: number; readonly body?: unknown };
}

/** The answer of an example that is refused. */
export function refused(
  type: problems.ProblemType,
  detail: string,
  instance: string,
  more: object = {},
): Example['answer'] {
  const { status, title } = type;
  return { status, body: { type: problems.problemUri(type), title, status, detail, instance, ...more } };
}

/** The headers that only some operations take, as far as the route takes them. */
export const conditionalHeadersOf = ({ idempotency, ifMatch, ifNoneMatch }: Route): ConditionalHeader[] => [
  ...(idempotency ? (['Idempotency-Key'] as const) : []),
  ...(ifMatch ? (['If-Match'] as const) : []),
  ...(ifNoneMatch ? (['If-None-Match'] as const) : []),
];

/** Every type of problem that the operation can answer. */
export function problemsOf(contract: Contract): ReadonlySet<problems.ProblemType> {
  const { callers, body, idempotency, ifMatch } = contract;
  return new Set([
    ...contract.problems,
    ...(callers === 'anyone' ? [] : OF_CALLERS),
    ...(body === undefined ? [] : OF_BODIES),
    ...(idempotency ? [problems.IDEMPOTENCY_KEY_REUSED] : []),
    ...(idempotency === true ? [problems.IDEMPOTENCY_KEY_IN_USE] : []),
    ...(ifMatch ? [problems.PRECONDITION_FAILED] : []),
    ...OF_ALL,
  ]);
}

const OF_CALLERS = [problems.UNAUTHORISED, problems.FORBIDDEN, problems.TEMPORARILY_UNAVAILABLE];
const OF_BODIES = [problems.MALFORMED_JSON, problems.BODY_TOO_LARGE, problems.UNSUPPORTED_MEDIA_TYPE];
/** Of parameters that there are not; of API Gateway, in front of every function; and of faults. */
const OF_ALL = [
  problems.INVALID_REQUEST,
  problems.TOO_MANY_REQUESTS,
  problems.INTERNAL_ERROR,
  problems.NO_USABLE_ANSWER,
  problems.ANSWER_TOO_LATE,
];
