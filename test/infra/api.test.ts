import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONSOLE_PAGES } from '../../functions/console/routes.ts';
import { CONTRACTS } from '../../functions/published/contracts.ts';
import { ROUTES } from '../../functions/published/routes.ts';
import { METRICS_NAMESPACE } from '../../functions/shared/edge/metrics.ts';
import { bundleDirOf } from '../../lib/functions.ts';
import { pathOf } from './support/api-paths.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
/** They are for everybody, and no part of the API. */
const PAGES = CONSOLE_PAGES.map(({ method, path }) => `${method} ${path}`);
const [stage] = assembly.all('AWS::ApiGateway::Stage');
const responses = new Map(
  assembly
    .all('AWS::ApiGateway::GatewayResponse')
    .map(({ properties }) => [properties.ResponseType as string, properties]),
);

const methods = assembly
  .all('AWS::ApiGateway::Method')
  .filter(({ properties }) => properties.HttpMethod !== 'ANY')
  .map(({ properties }) => {
    const [handler] = assembly.targetsIn(properties.Integration.Uri);
    return {
      route: `${properties.HttpMethod} ${pathOf(assembly, assembly.target(properties.ResourceId))}`,
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
    ).toEqual(
      Object.fromEntries([
        ...ROUTES.map((route) => [`${route.method} /api/v1${route.path}`, route.function]),
        ...CONSOLE_PAGES.map((page) => [`${page.method} ${page.path}`, page.function]),
      ]),
    );
  });

  test('has a contract for each route, and a route for each contract', () => {
    const ofTheApi = methods.map(({ route }) => route).filter((route) => !PAGES.includes(route));
    expect(ofTheApi.sort()).toEqual(CONTRACTS.map(({ method, path }) => `${method} /api/v1${path}`).sort());
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
      .filter(({ properties }) => !/^(events|secretsmanager)\./.test(properties.Principal as string));
    const invoked = [
      ...methods.map(({ handler }) => handler.id),
      assembly.one('AWS::Lambda::Function', 'AuthoriseRequest').id,
    ];
    expect(permissions.map(({ properties }) => assembly.target(properties.FunctionName)).sort()).toEqual(
      invoked.sort(),
    );
    for (const { properties } of permissions) {
      expect(properties.Principal).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(properties.SourceArn)).toMatch(
        /\/(GET|POST|PUT|DELETE)\/api\/v1\/|\/GET\/console[/"]|\/authorizers\//,
      );
    }
  });

  test('throttles, and logs neither bodies nor their senders', () => {
    const [settings] = stage!.properties.MethodSettings;
    expect(settings).toMatchObject({ HttpMethod: '*', ResourcePath: '/*', DataTraceEnabled: false });
    expect(settings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(settings.ThrottlingBurstLimit).toBeGreaterThan(0);
    expect(stage!.properties.AccessLogSetting.Format).not.toMatch(/sourceIp|identity|user|body|header|email|name/i);
  });

  test('takes a part of its requests from callers without a token, and reports them as all others', () => {
    const [all, ...apart] = stage!.properties.MethodSettings as Record<string, unknown>[];
    // Another test looks at the one that has metrics of its own.
    const own = apart.filter(({ MetricsEnabled }) => MetricsEnabled !== true);
    expect(
      own.map(({ HttpMethod, ResourcePath }) => `${HttpMethod as string} ${ResourcePath as string}`).sort(),
    ).toEqual(
      methods
        .filter(({ authorisation }) => authorisation === 'NONE')
        .map(({ route }) => route.replace(/ \/(.*)/, (_, path: string) => ` /~1${path.replaceAll('/', '~1')}`))
        .sort(),
    );
    for (const settings of own) {
      const { HttpMethod, ResourcePath } = settings;
      const limits = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
      expect(settings).toEqual({ ...all, HttpMethod, ResourcePath, ...limits });
    }
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

  test('compresses what is long for clients that read that', () => {
    expect(assembly.one('AWS::ApiGateway::RestApi', 'Api').properties.MinimumCompressionSize).toBe(8_192);
  });

  test('has an output with its URL', () => {
    expect(JSON.stringify(assembly.api.Outputs.ApiUrl?.Value)).toContain('.execute-api.');
  });
});

describe('The caller', () => {
  const [authoriser, ...otherAuthorisers] = assembly.all('AWS::ApiGateway::Authorizer');
  const open = CONTRACTS.filter(({ callers }) => callers === 'anyone').map(
    ({ method, path }) => `${method} /api/v1${path}`,
  );
  const isOpen = ({ route }: { route: string }) => [...open, ...PAGES].includes(route);

  test('is checked before everything but what the contracts open to anyone', () => {
    expect(otherAuthorisers).toEqual([]);
    expect(open).toEqual([
      // Channels and carriers sign what they send, and have no token of ours.
      'POST /api/v1/payments/notifications/{channel}',
      'POST /api/v1/shipping/notifications/{carrier}',
      'GET /api/v1/health',
      'GET /api/v1/openapi.json',
      'GET /api/v1/docs',
    ]);
    for (const method of methods.filter((candidate) => !isOpen(candidate))) {
      expect([method.route, method.authorisation, assembly.target(method.authoriser)]).toEqual([
        method.route,
        'CUSTOM',
        authoriser!.id,
      ]);
    }
    expect(PAGES).toEqual(['GET /console', 'GET /console/{page+}']);
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
