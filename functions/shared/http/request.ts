/** Reads requests as their route describes them. What does not fit is answered with a problem that says where and why. */

import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { CorrelationId } from '../kernel/ids.ts';
import { type Caller, type CallerOf, callerKey } from './caller.ts';
import { idempotencyKey, versionTag } from './headers.ts';
import { type FieldError, Problem } from './problem.ts';
import { BODY_TOO_LARGE, INVALID_REQUEST, MALFORMED_JSON, UNSUPPORTED_MEDIA_TYPE } from './problems.ts';
import type { Route } from './route.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** A request to an endpoint, with header names in lower case and the id that follows it everywhere. */
export interface ApiRequest<R extends Route = Route> {
  readonly route: R;
  /** Undefined when anyone may call: then the request has no token. */
  readonly caller: CallerOf<R['callers']>;
  readonly path: string;
  /** Decoded; ids of the platform in lower case. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** Decoded; of a parameter that is given several times, the last. */
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
  const parsed = route.query.safeParse(query);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(parameterErrors);
  const detail = errors.map(({ parameter, detail: fault }) => `${parameter}: ${fault}`).join('; ');
  throw new Problem(INVALID_REQUEST, detail, { errors });
}

/** @throws Problem when the body is no JSON of the form that the route describes; it points at every fault */
export function bodyOf<Schema extends z.ZodType>({ route, headers, body }: RequestWithBody<Schema>): z.output<Schema> {
  const type = headers['content-type'] ?? 'nothing';
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(type)) {
    throw new Problem(UNSUPPORTED_MEDIA_TYPE, `Content-Type is ${type}; expected application/json.`);
  }
  const text = body ?? '';
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BODY_BYTES) {
    throw new Problem(BODY_TOO_LARGE, `The body has ${bytes} bytes; at most ${MAX_BODY_BYTES} are taken.`);
  }
  return validated(route.body, parseJson(text));
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem(MALFORMED_JSON, `The body is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function validated<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(bodyErrors);
  const detail = errors.map((error) => `${error.pointer || 'The body'}: ${error.detail}`).join('; ');
  throw new Problem(INVALID_REQUEST, detail, { errors });
}

function parameterErrors(issue: z.core.$ZodIssue): Extract<FieldError, { readonly parameter: string }>[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((parameter) => ({ parameter, detail: 'This parameter is not known.' }));
  }
  return [{ parameter: String(issue.path[0] ?? 'The query'), detail: issue.message }];
}

function bodyErrors(issue: z.core.$ZodIssue): Extract<FieldError, { readonly pointer: string }>[] {
  const pointer = pointerTo(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: `${pointer}${pointerTo([key])}`, detail: 'This field is not known.' }));
}

/** RFC 6901. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
