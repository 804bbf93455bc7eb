/** Reads requests as their route describes them. What does not fit is answered with a problem that says where and why. */

import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { CorrelationId } from '../kernel/ids.ts';
import { type Caller, type CallerOf, callerKey } from './caller.ts';
import { faultText } from './fault-text.ts';
import { idempotencyKey, versionTag } from './headers.ts';
import {
  type BodyFault,
  invalidBody,
  invalidQuery,
  type ParameterFault,
  pointerTo,
  unknownParameter,
} from './invalid-request.ts';
import { jsonIn } from './json-body.ts';
import { checkMediaType } from './media-type.ts';
import { Problem } from './problem.ts';
import { INVALID_REQUEST } from './problems.ts';
import type { Route } from './route.ts';

/** A request to an endpoint, with header names in lower case and the id that follows it everywhere. */
export interface ApiRequest<R extends Route = Route> {
  readonly route: R;
  /** Undefined when anyone may call: then the request has no token. */
  readonly caller: CallerOf<R['callers']>;
  readonly path: string;
  /** The path as the client sees it, with that of the stage before it, such as `/live/api/v1/orders`. */
  readonly seenPath: string;
  /** Decoded; ids of the platform in lower case. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** Decoded. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
  readonly correlationId: CorrelationId;
  readonly lambdaContext: Context;
}

type RequestWithQuery<Schema> = Pick<ApiRequest, 'query'> & { readonly route: { readonly query: Schema } };
type RequestWithBody<Schema> = Pick<ApiRequest, 'headers' | 'body'> & { readonly route: { readonly body: Schema } };

/** The parameters of the query. Unknown ones are refused: a misspelt filter must not pass as none. @throws Problem */
export function queryOf<Schema extends z.ZodType>({ route, query }: RequestWithQuery<Schema>): z.output<Schema> {
  const parsed = route.query.safeParse(query, { error: faultText });
  if (parsed.success) return parsed.data;
  throw invalidQuery(parsed.error.issues.flatMap(parameterErrors));
}

/** @throws Problem when the body is no JSON of the form that the route describes; it points at every fault */
export function bodyOf<Schema extends z.ZodType>({ route, headers, body }: RequestWithBody<Schema>): z.output<Schema> {
  checkMediaType(headers);
  return validated(route.body, jsonIn(body ?? ''));
}

/** As `bodyOf`, for a body that may be left out: it then is `{}`. */
export const optionalBodyOf = <Schema extends z.ZodType>(request: RequestWithBody<Schema>): z.output<Schema> =>
  request.body ? bodyOf(request) : validated(request.route.body, {});

/** The version in `If-Match`; undefined without the header. @throws Problem when it is no ETag of a version */
export function ifMatchOf({ headers }: Pick<ApiRequest, 'headers'>): number | undefined {
  const tag = headers['if-match'];
  if (tag === undefined) return undefined;
  if (!versionTag.safeParse(tag).success) {
    throw new Problem(INVALID_REQUEST, 'If-Match: expected the ETag of a version, such as "6" with its quotes.');
  }
  return Number(tag.slice(1, -1));
}

/**
 * The client's Idempotency-Key, scoped to the caller and to the operation: the same key from another caller, or from the same
 * one for another operation, is another key. Records of answers are kept under it, so that its form must not change.
 * @param target the id of what the operation changes, to tell operations on different ones apart. @default none
 * @throws Problem when the header is not a key
 */
export function idempotencyKeyOf(
  { route, headers, caller }: Pick<ApiRequest, 'headers'> & { readonly route: Route; readonly caller: Caller },
  target?: string,
): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!idempotencyKey.safeParse(key).success) {
    throw new Problem(INVALID_REQUEST, 'Idempotency-Key: expected 1 to 255 visible ASCII characters.');
  }
  return [callerKey(caller), inKebabCase(route.operationId), ...(target === undefined ? [] : [target]), key].join('#');
}

const inKebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function validated<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: faultText });
  if (parsed.success) return parsed.data;
  throw invalidBody(parsed.error.issues.flatMap(bodyErrors));
}

function parameterErrors(issue: z.core.$ZodIssue): ParameterFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(unknownParameter);
  }
  return [{ parameter: String(issue.path[0] ?? 'The query'), detail: issue.message }];
}

function bodyErrors(issue: z.core.$ZodIssue): BodyFault[] {
  const pointer = pointerTo(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: `${pointer}${pointerTo([key])}`, detail: 'This field is not known.' }));
}
