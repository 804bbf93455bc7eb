import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface Problem {
  readonly type: ResponseType;
  /** Absent for the two defaults, which stand for several statuses. */
  readonly status?: number;
  readonly title: string;
  /** A JSON value, or a variable that API Gateway renders as one. */
  readonly detail: string;
}

/** API Gateway's own words for what happened, quotes included. */
const OWN_WORDS = '$context.error.messageString';
const NO_RESOURCE = '"There is no such resource, or it does not have this method."';
const TOO_MANY = '"More requests than this API takes at a time. Try again in a second."';
const TOO_LATE = '"There was no answer in time. It is safe to repeat the request with the same Idempotency-Key."';
const BROKEN = '"The request could not be handled. It is safe to repeat it with the same Idempotency-Key."';

const PROBLEMS: readonly Problem[] = [
  // API Gateway knows an unknown path only as a request that was not signed for it, and says 403.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: 404, title: 'Not Found', detail: NO_RESOURCE },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, title: 'Not Found', detail: OWN_WORDS },
  { type: ResponseType.BAD_REQUEST_BODY, status: 400, title: 'Bad Request', detail: OWN_WORDS },
  { type: ResponseType.BAD_REQUEST_PARAMETERS, status: 400, title: 'Bad Request', detail: OWN_WORDS },
  { type: ResponseType.REQUEST_TOO_LARGE, status: 413, title: 'Content Too Large', detail: OWN_WORDS },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, status: 415, title: 'Unsupported Media Type', detail: OWN_WORDS },
  { type: ResponseType.THROTTLED, status: 429, title: 'Too Many Requests', detail: TOO_MANY },
  { type: ResponseType.INTEGRATION_FAILURE, status: 502, title: 'Bad Gateway', detail: BROKEN },
  { type: ResponseType.INTEGRATION_TIMEOUT, status: 504, title: 'Gateway Timeout', detail: TOO_LATE },
  { type: ResponseType.DEFAULT_4XX, title: 'Request refused', detail: OWN_WORDS },
  { type: ResponseType.DEFAULT_5XX, title: 'Internal error', detail: BROKEN },
];

/** What API Gateway answers on its own account becomes an RFC 9457 problem document, as the functions' refusals are. */
export function answerInProblemDocuments(api: RestApi): void {
  for (const { type, status, title, detail } of PROBLEMS) {
    const members = [
      '"type":"about:blank"',
      `"title":${JSON.stringify(title)}`,
      ...(status === undefined ? [] : [`"status":${status}`]),
      `"detail":${detail}`,
      '"instance":"$context.path"',
    ];
    api.addGatewayResponse(`Problem${type.responseType}`, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: { 'Content-Type': "'application/problem+json'" },
      templates: { 'application/json': `{${members.join(',')}}` },
    });
  }
}
