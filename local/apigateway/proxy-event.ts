import { arnOf, type Location } from '../arn.ts';
import type { Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { RestApiDefinition } from './api-definition.ts';
import { type HttpRequest, headerOf } from './request.ts';
import type { Match } from './router.ts';

export interface MatchedRequest {
  readonly api: RestApiDefinition;
  readonly request: HttpRequest;
  readonly match: Match;
  readonly requestId: string;
  /** In milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** What the events of authorisers and of proxy integrations have in common: Lambda proxy event version 1.0 without the body. */
export function requestEvent(location: Location, matched: MatchedRequest, authorizer?: JsonObject): JsonObject {
  const { api, request, match } = matched;
  const headers = Object.entries(request.headers);
  const names = [...new Set(request.query.keys())];
  return {
    resource: match.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: fromEntries(headers.map(([name, values]) => [name, values.at(-1)!])),
    multiValueHeaders: fromEntries(headers.map(([name, values]) => [name, [...values]])),
    queryStringParameters: orNull(names.map((name) => [name, request.query.getAll(name).at(-1)!])),
    multiValueQueryStringParameters: orNull(names.map((name) => [name, request.query.getAll(name)])),
    pathParameters: orNull(Object.entries(match.pathParameters)),
    stageVariables: orNull(Object.entries(api.stageVariables ?? {})),
    requestContext: requestContext(location, matched, authorizer),
  };
}

/** The event of a proxy integration. */
export function proxyEvent(
  location: Location,
  matched: MatchedRequest,
  body: Buffer,
  authorizer?: JsonObject,
): JsonObject {
  const isBase64Encoded = isBinary(matched.api, headerOf(matched.request, 'content-type'));
  return {
    ...requestEvent(location, matched, authorizer),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

/** Whether a media type, such as the one of a `Content-Type`, is one of the API's binary ones. */
export function isBinary({ binaryMediaTypes = [] }: RestApiDefinition, mediaType = ''): boolean {
  const [type] = mediaType
    .toLowerCase()
    .split(/[;,]/)
    .map((part) => part.trim());
  return binaryMediaTypes.some((binary) => binary === '*/*' || binary.toLowerCase() === type);
}

/** The ARN that an authoriser's policy is about. */
export const methodArn = (location: Location, { api, request }: MatchedRequest): string =>
  arnOf(location, 'execute-api', `${api.id}/${api.stageName}/${request.method}${request.path}`);

function requestContext({ region, account }: Location, matched: MatchedRequest, authorizer?: JsonObject): JsonObject {
  const { api, request, match, requestId, receivedAt } = matched;
  return {
    resourceId: match.method.resourceId,
    resourcePath: match.resourcePath,
    httpMethod: request.method,
    path: request.path,
    requestId,
    extendedRequestId: requestId,
    requestTime: commonLogTime(receivedAt),
    requestTimeEpoch: receivedAt,
    accountId: account,
    apiId: api.id,
    stage: api.stageName,
    protocol: request.protocol,
    domainName: headerOf(request, 'host') ?? `${api.id}.execute-api.${region}.amazonaws.com`,
    domainPrefix: api.id,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      user: null,
      userArn: null,
      sourceIp: request.sourceIp,
      userAgent: headerOf(request, 'user-agent') ?? null,
    },
    ...present({ authorizer }),
  };
}

/** Such as `21/Nov/2026:06:00:00 +0000`. */
export function commonLogTime(ms: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Of own properties only, whatever their names. */
const fromEntries = (entries: readonly (readonly [string, Json])[]): JsonObject => Object.fromEntries(entries);

const orNull = (entries: readonly (readonly [string, Json])[]): JsonObject | null =>
  entries.length === 0 ? null : fromEntries(entries);
