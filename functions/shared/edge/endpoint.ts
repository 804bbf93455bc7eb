import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { validate as isUuid, v7 as uuidV7 } from 'uuid';
import type { ApiAnswer } from '../http/answer.ts';
import { admittedCaller } from '../http/caller.ts';
import { correlationId } from '../http/headers.ts';
import { REQUESTS_FAILED } from '../http/metrics.ts';
import { pathParametersOf } from '../http/path-parameters.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Route } from '../http/route.ts';
import { SECURITY_HEADERS } from '../http/security-headers.ts';
import type { CorrelationId } from '../kernel/ids.ts';
import { currentSpan, inSpan, Span } from '../trace/span.ts';
import { parseTraceparent } from '../trace/trace-context.ts';
import { auditOf } from './audit-trail.ts';
import { followLogLevel, logger } from './logger.ts';
import { emitMetric } from './metrics.ts';
import { problemOf } from './problem-of.ts';
import { checkNoParameters, checkSingleHeaders, checkSingleParameters } from './single-values.ts';

/** The correlation header of requests, whose header names are put in lower case. */
const CORRELATION_HEADER = 'x-correlation-id';
/** Middleware puts headers for the answer, also for a problem, under this key of the request's `internal`. */
export const ANSWER_HEADERS = 'answerHeaders';

/** What API Gateway invokes; further middleware can be put around it. */
export type ApiFunction = middy.MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult>;
export type ApiMiddleware = middy.MiddlewareObj<
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Error,
  Context,
  { [ANSWER_HEADERS]?: Record<string, string> }
>;

/**
 * The function that answers at a route. Callers that the route does not admit are refused before `answer` is asked; the
 * correlation id comes in and goes out; each error becomes a problem document; each answer to a command or to an operator leaves a line in the log.
 */
export const endpoint = <R extends Route>(
  route: R,
  answer: (request: ApiRequest<R>) => Promise<ApiAnswer>,
): ApiFunction =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(correlated(route))
    .handler(async (event: APIGatewayProxyEvent, lambdaContext: Context): Promise<APIGatewayProxyResult> => {
      const { path, pathParameters, queryStringParameters, headers, body } = event;
      checkSingleHeaders(event);
      if (route.query) checkSingleParameters(event);
      else checkNoParameters(event);
      const answered = await inSpan(spans.get(event) ?? new Span(), () =>
        answer({
          route,
          caller: admittedCaller<R['callers']>(route.callers, event.requestContext, pathParameters ?? {}),
          path,
          seenPath: event.requestContext.path,
          pathParameters: pathParametersOf(pathParameters),
          query: queryStringParameters ?? {},
          headers,
          body: body && event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
          correlationId: correlationOf(event),
          lambdaContext,
        }),
      );
      return {
        statusCode: answered.status,
        headers: { 'Content-Type': 'application/json', ...answered.headers },
        body: 'text' in answered ? answered.text : JSON.stringify(answered.body),
      };
    });

const correlated = (route: Route): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => ({
  before: ({ event }) => {
    if (!isRequest(event)) {
      throw new TypeError(
        `This function answers ${route.method} ${route.path}, as API Gateway hands it over; ${GOT_NO_REQUEST}`,
      );
    }
    const headers = lowerCased(event.headers);
    const given = correlationId.safeParse(headers[CORRELATION_HEADER]);
    const id = given.success ? given.data : uuidV7();
    event.headers = { ...headers, [CORRELATION_HEADER]: id };
    logger.resetKeys();
    const order = orderIn(event);
    logger.appendKeys({ correlationId: id, ...order });
    const span = spanOf(event, order);
    span.correlationId = id;
    spans.set(event, span);
    followLogLevel(event.requestContext.authorizer);
  },
  after: (request) => {
    addHeaders(request);
    logAnswer(route, request);
  },
  onError: (request) => {
    // Whoever invoked the function without a request gets its failure, and no answer of the API.
    if (!isRequest(request.event)) throw request.error ?? new TypeError(GOT_NO_REQUEST);
    request.response = problemOf(request.error).toResponse(request.event.path);
    addHeaders(request);
    logAnswer(route, request);
  },
});

const GOT_NO_REQUEST = 'the event has no path and no request context. Send the request to the API.';

/** Anybody who may invoke the function may do so with any event. */
const isRequest = (event: unknown): boolean => {
  const { path, requestContext } = (event ?? {}) as Partial<APIGatewayProxyEvent>;
  return typeof path === 'string' && typeof requestContext === 'object';
};

/**
 * Each answer to an operator leaves a line, which is the audit trail, whatever the level of the log is. What a customer only reads is asked too often for
 * a line each: it gets one when the client keeps a trace that it is to be part of.
 */
function logAnswer(
  route: Route,
  { event, response }: middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult>,
): void {
  const status = response?.statusCode ?? 0;
  if (status >= 500) emitMetric(REQUESTS_FAILED, 1, { dimensions: { Route: route.operationId } });
  const span = spans.get(event);
  const audit = auditOf(route, event, status);
  if (!audit && route.method === 'GET' && span?.client?.sampled !== true) return;
  const order = span?.orderId === undefined ? {} : { orderId: span.orderId };
  const line = { ...order, operation: route.operationId, status, ...audit, ...(span && { span: span.fields() }) };
  const level = logger.getLevelName();
  if (audit) logger.setLogLevel('INFO');
  logger.info(route.method === 'GET' ? 'A question is answered.' : 'A command is answered.', line);
  if (audit) logger.setLogLevel(level);
}

/** Of the requests that are being answered. */
const spans = new WeakMap<APIGatewayProxyEvent, Span>();

const spanOf = ({ headers, requestContext }: APIGatewayProxyEvent, order: { readonly orderId?: string }): Span =>
  new Span({
    ...order,
    client: parseTraceparent(headers['traceparent']),
    ...(requestContext.requestTimeEpoch > 0 ? { waited: Date.now() - requestContext.requestTimeEpoch } : {}),
  });

/** Says for which order a request is that does not name it in its path. */
export function workIsFor(orderId: string): void {
  logger.appendKeys({ orderId });
  const span = currentSpan();
  if (span) span.orderId = orderId;
}

/** The order that the path names, for the lines of the log. */
function orderIn({ pathParameters }: APIGatewayProxyEvent): { readonly orderId?: string } {
  const orderId = pathParameters?.orderId;
  return typeof orderId === 'string' && isUuid(orderId) ? { orderId: orderId.toLowerCase() } : {};
}

function addHeaders({ event, response, internal }: middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult>): void {
  if (response) {
    response.headers = {
      // An answer is for its caller only, unless its handler says otherwise.
      ...SECURITY_HEADERS,
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
