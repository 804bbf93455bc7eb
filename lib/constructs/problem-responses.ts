import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import * as problems from '../../functions/shared/http/problems.ts';
import { SECURITY_HEADERS } from '../../functions/shared/http/security-headers.ts';

interface ProblemResponse {
  readonly type: ResponseType;
  readonly problem: problems.ProblemType;
  /** A JSON value, or a variable that API Gateway renders as one. */
  readonly detail: string;
  /** Beside those that are always there. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** API Gateway's own words for what happened, quotes included. */
const OWN_WORDS = '$context.error.messageString';
const NO_RESOURCE = '"There is no such resource."';
const NO_TOKEN = '"Send a valid token: Authorization: Bearer <token>."';
const NOT_CHECKED = '"The caller could not be checked just now. Try again in a moment."';
const TOO_MANY = '"More requests than this API takes at a time. Try again in a second."';
const FILTERED =
  '"A rule that protects the API refused the request. If it is as documented, tell the operators its X-Correlation-Id."';
const TOO_LATE = '"There was no answer in time. It is safe to repeat the request with the same Idempotency-Key."';
const BROKEN = '"The request could not be handled. It is safe to repeat it with the same Idempotency-Key."';

const ALWAYS = {
  'Content-Type': 'application/problem+json',
  ...SECURITY_HEADERS,
};

const responses = (issuer: string): readonly ProblemResponse[] => [
  // API Gateway knows an unknown path only as a request that was not signed for it, and says 403.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, problem: problems.NO_SUCH_RESOURCE, detail: NO_RESOURCE },
  { type: ResponseType.RESOURCE_NOT_FOUND, problem: problems.NO_SUCH_RESOURCE, detail: OWN_WORDS },
  // The same for every bad token: why it is bad is in the authoriser's log. The realm tells clients where tokens come from.
  {
    type: ResponseType.UNAUTHORIZED,
    problem: problems.UNAUTHORISED,
    detail: NO_TOKEN,
    headers: { 'WWW-Authenticate': `Bearer realm="${issuer}"` },
  },
  {
    type: ResponseType.AUTHORIZER_FAILURE,
    problem: problems.TEMPORARILY_UNAVAILABLE,
    detail: NOT_CHECKED,
    headers: { 'Retry-After': '1' },
  },
  { type: ResponseType.ACCESS_DENIED, problem: problems.FORBIDDEN, detail: OWN_WORDS },
  { type: ResponseType.WAF_FILTERED, problem: problems.FORBIDDEN, detail: FILTERED },
  { type: ResponseType.BAD_REQUEST_BODY, problem: problems.INVALID_REQUEST, detail: OWN_WORDS },
  { type: ResponseType.BAD_REQUEST_PARAMETERS, problem: problems.INVALID_REQUEST, detail: OWN_WORDS },
  { type: ResponseType.REQUEST_TOO_LARGE, problem: problems.BODY_TOO_LARGE, detail: OWN_WORDS },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, problem: problems.UNSUPPORTED_MEDIA_TYPE, detail: OWN_WORDS },
  {
    type: ResponseType.THROTTLED,
    problem: problems.TOO_MANY_REQUESTS,
    detail: TOO_MANY,
    headers: { 'Retry-After': '1' },
  },
  { type: ResponseType.INTEGRATION_FAILURE, problem: problems.NO_USABLE_ANSWER, detail: BROKEN },
  { type: ResponseType.INTEGRATION_TIMEOUT, problem: problems.ANSWER_TOO_LATE, detail: TOO_LATE },
  { type: ResponseType.DEFAULT_5XX, problem: problems.INTERNAL_ERROR, detail: BROKEN },
];

/**
 * What API Gateway answers on its own account becomes an RFC 9457 problem document, as the functions' refusals are.
 * @param issuer URL of where clients get their tokens
 */
export function answerInProblemDocuments(api: RestApi, issuer: string): void {
  for (const { type, problem, detail, headers = {} } of responses(issuer)) {
    respond(api, type, problemTemplate(problem, detail), { statusCode: String(problem.status), headers });
  }
  // Stands for several statuses, none of which this API has a use for: the status is all there is to say.
  respond(
    api,
    ResponseType.DEFAULT_4XX,
    documentOf(['"type":"about:blank"', '"title":"Request refused"', `"detail":${OWN_WORDS}`]),
  );
}

/**
 * A problem document as a template of API Gateway.
 * @param detail a JSON value, or a variable that API Gateway renders as one
 */
export function problemTemplate(problem: problems.ProblemType, detail: string): string {
  const { status, title } = problem;
  return documentOf([
    `"type":"${problems.problemUri(problem)}"`,
    `"title":${JSON.stringify(title)}`,
    `"status":${status}`,
    `"detail":${detail}`,
  ]);
}

/** Text as API Gateway's mappings have it, without quotes of its own. */
export const literal = (text: string): string => `'${text}'`;

const documentOf = (members: readonly string[]): string => `{${[...members, '"instance":"$context.path"'].join(',')}}`;

function respond(
  api: RestApi,
  type: ResponseType,
  template: string,
  {
    headers = {},
    ...status
  }: { readonly statusCode?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): void {
  const literals = Object.entries({ ...ALWAYS, ...headers }).map(([name, value]) => [name, literal(value)] as const);
  api.addGatewayResponse(`Problem${type.responseType}`, {
    type,
    ...status,
    // No function has looked at the request's own correlation id: this one leads to its line of the access log.
    responseHeaders: { ...Object.fromEntries(literals), 'X-Correlation-Id': 'context.requestId' },
    templates: { 'application/json': template },
  });
}
