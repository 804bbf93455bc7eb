import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { v7 as uuidV7 } from 'uuid';
import type * as z from 'zod';
import { type Caller, callerOf } from '../http/caller.ts';
import { correlationId, versionTag } from '../http/headers.ts';
import { Problem } from '../http/problem.ts';
import type { ProblemKind } from '../http/problem-catalogue.ts';
import { WaybillError } from '../kernel/errors.ts';
import { type CorrelationId, type OrderId, parseOrderId } from '../kernel/ids.ts';
import { faultOf, logFault } from './faults.ts';
import { logger } from './logger.ts';

const MAX_BODY_BYTES = 64 * 1024;
/** As requests have it, whose header names are put in lower case. */
const CORRELATION_HEADER = 'x-correlation-id';
/** An answer is for who asked, unless its handler says otherwise: no cache keeps it, and no browser takes it for another type. */
const NOT_FOR_OTHERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
/** Under this key of the request's `internal`, middleware leaves headers for the answer, whether it is one or a problem. */
export const ANSWER_HEADERS = 'answerHeaders';

/** A request to what is open to all, with header names in lower case and the id that follows it everywhere. */
export interface PublicRequest {
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** Decoded; of a parameter that is given several times, the last. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
  readonly correlationId: CorrelationId;
  readonly lambdaContext: Context;
}

/** A request of somebody whom the authoriser let in. */
export interface ApiRequest extends PublicRequest {
  readonly caller: Caller;
}

export type ApiAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
} & ({ /** Sent as JSON. */ readonly body: unknown } | { /** Sent as it is. */ readonly text: string });

/** What API Gateway invokes; further middleware can be put around it. */
export type ApiFunction = middy.MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult>;
export type ApiMiddleware = middy.MiddlewareObj<
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Error,
  Context,
  { [ANSWER_HEADERS]?: Record<string, string> }
>;

/** The surroundings of an API handler behind the authoriser: who calls, correlation id in and out, each error as a problem document. */
export const apiHandler = (answer: (request: ApiRequest) => Promise<ApiAnswer>) =>
  surrounded((request, { requestContext }) => answer({ ...request, caller: callerOf(requestContext.authorizer) }));

/** The surroundings of an API handler that is open to all: as `apiHandler`, without a caller. */
export const publicApiHandler = (answer: (request: PublicRequest) => Promise<ApiAnswer>) => surrounded(answer);

const surrounded = (answer: (request: PublicRequest, event: APIGatewayProxyEvent) => Promise<ApiAnswer>) =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(correlatedProblems)
    .handler(async (event: APIGatewayProxyEvent, lambdaContext: Context): Promise<APIGatewayProxyResult> => {
      const { path, pathParameters, queryStringParameters, headers, body } = event;
      const answered = await answer(
        {
          path,
          pathParameters: pathParameters ?? {},
          query: queryStringParameters ?? {},
          headers,
          body: body && event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
          correlationId: correlationOf(event),
          lambdaContext,
        },
        event,
      );
      return {
        statusCode: answered.status,
        headers: { 'Content-Type': 'application/json', ...answered.headers },
        body: 'text' in answered ? answered.text : JSON.stringify(answered.body),
      };
    });

const correlatedProblems: middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  before: ({ event }) => {
    const headers = lowerCased(event.headers);
    const given = correlationId.safeParse(headers[CORRELATION_HEADER]);
    const id = given.success ? given.data : uuidV7();
    event.headers = { ...headers, [CORRELATION_HEADER]: id };
    logger.appendKeys({ correlationId: id });
  },
  after: addHeaders,
  onError: (request) => {
    request.response = problemOf(request.error).toResponse(request.event.path);
    addHeaders(request);
  },
};

/** @throws Problem when the body is no JSON of the schema's form; every fault is pointed at */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  { headers, body }: PublicRequest,
): z.output<Schema> {
  const type = headers['content-type'] ?? 'nothing';
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(type)) {
    throw new Problem('unsupported-media-type', `Content-Type is ${type}; expected application/json.`);
  }
  const text = body ?? '';
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BODY_BYTES) {
    throw new Problem('body-too-large', `The body has ${bytes} bytes; at most ${MAX_BODY_BYTES} are taken.`);
  }
  return validated(schema, parseJson(text));
}

function validated<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(fieldErrors);
  const detail = errors.map((error) => `${error.pointer || 'The body'}: ${error.detail}`).join('; ');
  throw new Problem('invalid-request', detail, { errors });
}

/** As `parseBody`, for a body that may be left out: it then is `{}`. */
export const parseOptionalBody = <Schema extends z.ZodType>(schema: Schema, http: PublicRequest): z.output<Schema> =>
  http.body ? parseBody(schema, http) : validated(schema, {});

/** The version in `If-Match`; undefined without the header. @throws Problem when it is no ETag of an order */
export function ifMatchOf({ headers }: PublicRequest): number | undefined {
  const tag = headers['if-match'];
  if (tag === undefined) return undefined;
  if (!versionTag.safeParse(tag).success) {
    throw new Problem('invalid-request', 'If-Match: expected the ETag of the order, such as "6" with its quotes.');
  }
  return Number(tag.slice(1, -1));
}

/** The order id of the path. @throws Problem 404: an id that is not well formed names no order */
export function orderIdOf({ pathParameters }: PublicRequest): OrderId {
  const text = pathParameters.orderId ?? '';
  try {
    return parseOrderId(text);
  } catch (cause) {
    throw orderNotFound(text, cause);
  }
}

export const orderNotFound = (orderId: string, cause?: unknown): Problem =>
  new Problem('order-not-found', `There is no order ${orderId.slice(0, 64)}.`, { cause });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed-json', `The body is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function fieldErrors(issue: z.core.$ZodIssue): { pointer: string; detail: string }[] {
  const pointer = pointerTo(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: `${pointer}${pointerTo([key])}`, detail: 'This field is not known.' }));
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What a client is told when one of our errors gets through to it. */
const PROBLEM_OF_ERROR: Readonly<Partial<Record<string, ProblemKind>>> = {
  OrderNotFound: 'order-not-found',
  IllegalOrderTransition: 'illegal-transition',
};

const AGAIN_IN_A_SECOND = { headers: { 'Retry-After': '1' } };

/** A refusal is an answer and leaves no trace in the log; what is our fault does. */
function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const fault = faultOf(thrown);
  const { error, category } = fault;
  if (category === 'client' && error instanceof WaybillError) {
    return new Problem(PROBLEM_OF_ERROR[error.name] ?? 'request-refused', error.message, { cause: error });
  }
  logFault(fault, 'A request failed.');
  if (category === 'transient') {
    return new Problem('temporarily-unavailable', 'Try again in a moment.', AGAIN_IN_A_SECOND);
  }
  if (category === 'concurrency') {
    return new Problem('conflicting-change', 'Nothing was changed. Try again in a moment.', AGAIN_IN_A_SECOND);
  }
  return new Problem('internal-error', 'The error is logged under the correlation id of this answer.');
}

function addHeaders({ event, response, internal }: middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult>): void {
  if (response) {
    response.headers = {
      ...NOT_FOR_OTHERS,
      ...response.headers,
      ...(internal as Partial<Record<typeof ANSWER_HEADERS, object>>)[ANSWER_HEADERS],
      'X-Correlation-Id': correlationOf(event),
    };
  }
}

const correlationOf = ({ headers }: APIGatewayProxyEvent): CorrelationId =>
  (headers[CORRELATION_HEADER] ?? '') as CorrelationId;

const lowerCased = (headers: APIGatewayProxyEvent['headers'] | null) =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
