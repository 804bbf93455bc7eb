import { describe, expect, test } from 'vitest';
import { apiDocument } from '../../functions/api-docs/http/document/document.ts';
import { CONSOLE_PAGES } from '../../functions/console/routes.ts';
import { CONTRACTS } from '../../functions/published/contracts.ts';
import { PROBLEMS } from '../../functions/published/problems.ts';
import { ROUTES } from '../../functions/published/routes.ts';
import { METHOD_NOT_ALLOWED, problemUri } from '../../functions/shared/http/problems.ts';
import { pathOf } from './support/api-paths.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const responses = new Map(
  assembly
    .all('AWS::ApiGateway::GatewayResponse')
    .map(({ properties }) => [properties.ResponseType as string, properties]),
);
const others = assembly.all('AWS::ApiGateway::Method').filter(({ properties }) => properties.HttpMethod === 'ANY');

describe('What API Gateway answers by itself', () => {
  test.each([...responses])('is a problem document: %s', (_type, properties) => {
    expect(properties.ResponseParameters).toMatchObject({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Correlation-Id': 'context.requestId',
      'gatewayresponse.header.Cache-Control': "'no-store'",
      'gatewayresponse.header.Content-Security-Policy': "'sandbox'",
      'gatewayresponse.header.Referrer-Policy': "'no-referrer'",
      'gatewayresponse.header.Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
      'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
      'gatewayresponse.header.X-Frame-Options': "'DENY'",
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

  test('is 405 for a method that a path does not have, with those that it has', () => {
    const refusals = others.map(({ properties }) => {
      const [response] = properties.Integration.IntegrationResponses;
      expect(properties).toMatchObject({
        AuthorizationType: 'NONE',
        Integration: { Type: 'MOCK', PassthroughBehavior: 'NEVER' },
        MethodResponses: [{ StatusCode: '405' }],
      });
      expect(Object.values(properties.Integration.RequestTemplates)).toContain('{"statusCode": 405}');
      expect(JSON.parse(response.ResponseTemplates['application/json'])).toMatchObject({
        type: problemUri(METHOD_NOT_ALLOWED),
        status: 405,
        instance: '$context.path',
      });
      return [
        pathOf(assembly, assembly.target(properties.ResourceId)),
        response.ResponseParameters['method.response.header.Allow'],
      ];
    });
    const served = [...ROUTES.map((route) => ({ ...route, path: `/api/v1${route.path}` })), ...CONSOLE_PAGES];
    const routes = Map.groupBy(served, ({ path: route }): string => route);
    expect(Object.fromEntries(refusals)).toEqual(
      Object.fromEntries(
        [...routes].map(([route, ofPath]) => [
          route,
          `'${ofPath
            .map(({ method }) => method)
            .sort()
            .join(', ')}'`,
        ]),
      ),
    );
  });
});
