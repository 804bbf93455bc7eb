import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { apiDocument } from '../../functions/api-docs/http/document/document.ts';
import { CONTRACTS } from '../../functions/published/contracts.ts';
import { PROBLEMS } from '../../functions/published/problems.ts';
import { ROUTES } from '../../functions/published/routes.ts';
import { METRICS_NAMESPACE } from '../../functions/shared/edge/metrics.ts';
import { problemUri } from '../../functions/shared/http/problems.ts';
import { bundleDirOf } from '../../lib/functions.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const [stage] = assembly.all('AWS::ApiGateway::Stage');
const responses = new Map(
  assembly
    .all('AWS::ApiGateway::GatewayResponse')
    .map(({ properties }) => [properties.ResponseType as string, properties]),
);

/** The full path of a resource of the API. */
function pathOf(resourceId: string): string {
  const { type, properties } = assembly.resource(resourceId);
  return type === 'AWS::ApiGateway::RestApi'
    ? ''
    : `${pathOf(assembly.target(properties.ParentId))}/${properties.PathPart}`;
}

const methods = assembly.all('AWS::ApiGateway::Method').map(({ properties }) => {
  const [handler] = assembly.targetsIn(properties.Integration.Uri);
  return {
    route: `${properties.HttpMethod} ${pathOf(assembly.target(properties.ResourceId))}`,
    integration: properties.Integration,
    authorisation: properties.AuthorizationType as string,
    authoriser: properties.AuthorizerId as unknown,
    handler: handler!,
  };
});

describe('The API', () => {
  test('routes each request to the function that its route names', () => {
    expect(
      Object.fromEntries(methods.map(({ route, handler }) => [route, handler.properties.Description as string])),
    ).toEqual(Object.fromEntries(ROUTES.map((route) => [`${route.method} /api/v1${route.path}`, route.function])));
  });

  test('has a contract for each route, and a route for each contract', () => {
    expect(methods.map(({ route }) => route).sort()).toEqual(
      CONTRACTS.map(({ method, path }) => `${method} /api/v1${path}`).sort(),
    );
  });

  test.each(methods)(
    'hands $route over as it is and waits longer than the function may take',
    ({ integration, handler }) => {
      expect(integration.Type).toBe('AWS_PROXY');
      expect(integration.TimeoutInMillis).toBeGreaterThan(1_000 * handler.properties.Timeout);
    },
  );

  test('may invoke its functions on its own routes only', () => {
    const permissions = assembly
      .all('AWS::Lambda::Permission')
      .filter(({ properties }) => properties.Principal !== 'events.amazonaws.com');
    const invoked = [
      ...methods.map(({ handler }) => handler.id),
      assembly.one('AWS::Lambda::Function', 'AuthoriseRequest').id,
    ];
    expect(permissions.map(({ properties }) => assembly.target(properties.FunctionName)).sort()).toEqual(
      invoked.sort(),
    );
    for (const { properties } of permissions) {
      expect(properties.Principal).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(properties.SourceArn)).toMatch(/\/(GET|POST|PUT|DELETE)\/api\/v1\/|\/authorizers\//);
    }
  });

  test('throttles, and logs neither bodies nor their senders', () => {
    const [settings] = stage!.properties.MethodSettings;
    expect(settings).toMatchObject({ HttpMethod: '*', ResourcePath: '/*', DataTraceEnabled: false });
    expect(settings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(settings.ThrottlingBurstLimit).toBeGreaterThan(0);
    expect(stage!.properties.AccessLogSetting.Format).not.toMatch(/sourceIp|caller|user|body|header/i);
  });

  test("takes each request out of its caller's bucket, except where callers need no token", () => {
    for (const { route, authorisation, handler } of methods) {
      const { RATE_LIMITS_TABLE } = handler.properties.Environment.Variables;
      const isLimited = readFileSync(
        path.join(bundleDirOf(handler.properties.Description), 'index.mjs'),
        'utf8',
      ).includes('RATE_LIMITS_TABLE');
      expect([route, isLimited]).toEqual([route, authorisation !== 'NONE']);
      if (isLimited) {
        expect(assembly.target(RATE_LIMITS_TABLE)).toBe(assembly.one('AWS::DynamoDB::Table', 'RateLimits').id);
      }
    }
  });

  test('raises an alarm when requests are judged without the shared limit, by the metric that functions emit', () => {
    const [alarm] = assembly
      .all('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.MetricName === 'RateLimiterUnavailable');
    expect(alarm!.properties).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      Statistic: 'Sum',
      TreatMissingData: 'notBreaching',
    });
    expect(alarm!.properties).not.toHaveProperty('Dimensions');
  });

  test('raises an alarm when many requests end in a 5xx', () => {
    const [alarm] = assembly
      .all('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.MetricName === '5XXError');
    expect(alarm!.properties).toMatchObject({ Statistic: 'Average', TreatMissingData: 'notBreaching' });
    expect(alarm!.properties.Threshold).toBeLessThanOrEqual(0.05);
  });

  test('has an output with its URL', () => {
    expect(JSON.stringify(assembly.api.Outputs.ApiUrl?.Value)).toContain('.execute-api.');
  });
});

describe('The caller', () => {
  const [authoriser, ...others] = assembly.all('AWS::ApiGateway::Authorizer');
  const open = CONTRACTS.filter(({ callers }) => callers === 'anyone').map(
    ({ method, path }) => `${method} /api/v1${path}`,
  );
  const isOpen = ({ route }: { route: string }) => open.includes(route);

  test('is checked before everything but what the contracts open to anyone', () => {
    expect(others).toEqual([]);
    expect(open).toEqual(['GET /api/v1/health', 'GET /api/v1/openapi.json', 'GET /api/v1/docs']);
    for (const method of methods.filter((candidate) => !isOpen(candidate))) {
      expect([method.route, method.authorisation, assembly.target(method.authoriser)]).toEqual([
        method.route,
        'CUSTOM',
        authoriser!.id,
      ]);
    }
    expect(methods.filter(({ authorisation }) => authorisation === 'NONE').map(({ route }) => route)).toEqual(
      methods.filter(isOpen).map(({ route }) => route),
    );
  });

  test('is known by the bearer token, which is taken for granted for a minute', () => {
    expect(authoriser!.properties).toMatchObject({
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 60,
    });
    expect(assembly.targetsIn(authoriser!.properties.AuthorizerUri)).toContain(
      assembly.one('AWS::Lambda::Function', 'AuthoriseRequest'),
    );
  });

  test('is vouched for by an issuer and for an audience that a deployment must name', () => {
    const { OidcIssuer, OidcAudience } = assembly.stateless.Parameters;
    expect([OidcIssuer!.Default, OidcAudience!.Default]).toEqual([undefined, undefined]);
    expect(assembly.one('AWS::Lambda::Function', 'AuthoriseRequest').properties.Environment.Variables).toMatchObject({
      OIDC_ISSUER: { Ref: 'OidcIssuer' },
      OIDC_AUDIENCE: { Ref: 'OidcAudience' },
    });
  });

  test('that could not be checked is not refused: the answer is a 503 that says when to come again', () => {
    expect(responses.get('AUTHORIZER_FAILURE')).toMatchObject({
      StatusCode: '503',
      ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
    });
  });
});

describe('What API Gateway answers by itself', () => {
  test.each([...responses])('is a problem document: %s', (_type, properties) => {
    expect(properties.ResponseParameters).toMatchObject({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Correlation-Id': 'context.requestId',
      'gatewayresponse.header.Cache-Control': "'no-store'",
      'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
    });
    const template = (properties.ResponseTemplates as Record<string, string>)['application/json']!;
    const rendered = template
      .replace('$context.error.messageString', '"Words of API Gateway"')
      .replace('$context.path', '/live/api/v1/orders');
    const type = PROBLEMS.find((known) => problemUri(known) === JSON.parse(rendered).type);
    expect(JSON.parse(rendered)).toMatchObject({
      ...(properties.ResponseType === 'DEFAULT_4XX'
        ? { type: 'about:blank' }
        : { status: type!.status, title: type!.title }),
      title: expect.any(String),
      detail: expect.any(String),
      instance: '/live/api/v1/orders',
      ...(properties.StatusCode ? { status: Number(properties.StatusCode) } : {}),
    });
  });

  test('has a type that the API document tells of', () => {
    const { info, 'x-problems': problems } = apiDocument(CONTRACTS, PROBLEMS);
    const types = [...responses.values()].map(
      ({ ResponseTemplates }) =>
        /"type":"([^"]+)"/.exec((ResponseTemplates as Record<string, string>)['application/json']!)![1]!,
    );
    const documented = [
      ...problems.map(({ type }) => type),
      ...(/`(about:blank)`/.exec(info.description)?.slice(1) ?? []),
    ];
    expect(types.filter((type) => !documented.includes(type))).toEqual([]);
    expect(types).toContain('about:blank');
  });

  test('is 404 for a path that it does not know', () => {
    expect(responses.get('MISSING_AUTHENTICATION_TOKEN')).toMatchObject({ StatusCode: '404' });
  });

  test('tells a throttled caller when to come again, and a caller without a token what to send', () => {
    expect(responses.get('THROTTLED')).toMatchObject({
      StatusCode: '429',
      ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
    });
    const { StatusCode, ResponseParameters } = responses.get('UNAUTHORIZED')!;
    expect(StatusCode).toBe('401');
    const [before, issuer, after] = ResponseParameters['gatewayresponse.header.WWW-Authenticate']['Fn::Join'][1];
    expect([before, assembly.target(issuer), after]).toEqual(['\'Bearer realm="', 'OidcIssuer', '"\'']);
    expect(responses.get('ACCESS_DENIED')).toMatchObject({ StatusCode: '403' });
  });

  test('leaves no refusal without words', () => {
    expect([...responses.keys()]).toEqual(expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX']));
  });
});
