import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { v7 as uuidV7 } from 'uuid';
import type { ApiAnswer } from '../http/answer.ts';
import { admittedCaller } from '../http/caller.ts';
import { correlationId } from '../http/headers.ts';
import { pathParametersOf } from '../http/path-parameters.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Route } from '../http/route.ts';
import type { CorrelationId } from '../kernel/ids.ts';
import { followLogLevel, logger } from './logger.ts';
import { problemOf } from './problem-of.ts';
import { checkNoParameters, checkSingleHeaders, checkSingleParameters } from './single-values.ts';

/** The correlation header of requests, whose header names are put in lower case. */
const CORRELATION_HEADER = 'x-correlation-id';
/** An answer is for its caller only, unless its handler says otherwise: no cache keeps it, and no browser takes it for another type. */
const NOT_FOR_OTHERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
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
 * correlation id comes in and goes out; each error becomes a problem document.
 */
export const endpoint = <R extends Route>(
  route: R,
  answer: (request: ApiRequest<R>) => Promise<ApiAnswer>,
): ApiFunction =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(correlatedProblems)
    .handler(async (event: APIGatewayProxyEvent, lambdaContext: Context): Promise<APIGatewayProxyResult> => {
      const { path, pathParameters, queryStringParameters, headers, body } = event;
      checkSingleHeaders(event);
      if (route.query) checkSingleParameters(event);
      else checkNoParameters(event);
      const answered = await answer({
        route,
        caller: admittedCaller<R['callers']>(route.callers, event.requestContext, pathParameters ?? {}),
        path,
        pathParameters: pathParametersOf(pathParameters),
        query: queryStringParameters ?? {},
        headers,
        body: body && event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
        correlationId: correlationOf(event),
        lambdaContext,
      });
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
    followLogLevel(event.requestContext.authorizer);
  },
  after: addHeaders,
  onError: (request) => {
    request.response = problemOf(request.error).toResponse(request.event.path);
    addHeaders(request);
  },
};

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
