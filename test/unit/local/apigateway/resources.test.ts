import { describe, expect, test } from 'vitest';
import type { RestApiDefinition } from '../../../../local/apigateway/api-definition.ts';
import { ApiDrafts } from '../../../../local/apigateway/api-draft.ts';
import { apiResources } from '../../../../local/apigateway/resources.ts';
import type { JsonObject } from '../../../../local/contracts.ts';
import { makerOf } from '../resource-making.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const invocation = (arn: string) => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
const PROXY = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocation(FUNCTION) };

/** An API being made. */
async function api(properties: JsonObject = { Name: 'Shop' }) {
  const drafts = new ApiDrafts();
  const makeAny = makerOf(apiResources(drafts));
  const { ref, attributes } = await makeAny('AWS::ApiGateway::RestApi', properties, { logicalId: 'Api' });
  const make = (type: string, own: JsonObject, logicalId = 'Thing') =>
    makeAny(`AWS::ApiGateway::${type}`, { RestApiId: ref, ...own }, { logicalId });
  const root = attributes!.RootResourceId!;
  return {
    make,
    root,
    method: (own: JsonObject = {}) =>
      make('Method', { ResourceId: root, HttpMethod: 'POST', AuthorizationType: 'NONE', Integration: PROXY, ...own }),
    defined: (): RestApiDefinition => {
      const definitions = drafts.all();
      expect(definitions).toHaveLength(1);
      return definitions[0]!;
    },
  };
}

test('An API is defined once, with all that belongs to it', async () => {
  const { make, method, root, defined } = await api();
  const { ref: orders } = await make('Resource', { ParentId: root, PathPart: 'orders' }, 'Orders');
  await method({ ResourceId: orders, Integration: { ...PROXY, TimeoutInMillis: 5_000 } });
  const { ref: deploymentId } = await make('Deployment', {}, 'Deployment');
  const MethodSettings = [
    { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 500 },
    { ResourcePath: '/~1orders~1{id}', HttpMethod: 'GET', ThrottlingRateLimit: '5', ThrottlingBurstLimit: '10' },
    { ResourcePath: '/~1alarms', HttpMethod: 'GET', MetricsEnabled: true },
  ];
  const stage = { DeploymentId: deploymentId, StageName: 'live', Variables: { a: 'b' }, MethodSettings };
  expect((await make('Stage', stage)).ref).toBe('live');
  await make('GatewayResponse', {
    ResponseType: 'DEFAULT_4XX',
    StatusCode: '418',
    ResponseTemplates: { 'application/json': '{}' },
  });
  expect(defined()).toMatchObject({
    id: 'Shop-Api',
    name: 'Shop',
    rootResourceId: root,
    stageName: 'live',
    stageVariables: { a: 'b' },
    methodLimits: [
      { path: '/*', httpMethod: '*', perSecond: 1_000, burst: 500 },
      { path: '/orders/{id}', httpMethod: 'GET', perSecond: 5, burst: 10 },
    ],
    measured: [{ path: '/alarms', httpMethod: 'GET' }],
    resources: [{ id: orders, parentId: root, pathPart: 'orders' }],
    methods: [
      {
        resourceId: orders,
        httpMethod: 'POST',
        authorizationType: 'NONE',
        integration: { type: 'AWS_PROXY', functionArn: FUNCTION, timeoutMs: 5_000 },
      },
    ],
    gatewayResponses: [
      { responseType: 'DEFAULT_4XX', statusCode: '418', responseTemplates: { 'application/json': '{}' } },
    ],
  });
});

test('A method with an authoriser names it', async () => {
  const { make, method, defined } = await api();
  const { ref } = await make(
    'Authorizer',
    {
      Type: 'TOKEN',
      Name: 'tokens',
      AuthorizerUri: invocation(`${FUNCTION}-auth`),
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
    },
    'Tokens',
  );
  await method({ AuthorizationType: 'CUSTOM', AuthorizerId: ref });
  expect(defined()).toMatchObject({
    authorizers: [
      {
        id: ref,
        name: 'tokens',
        type: 'TOKEN',
        functionArn: `${FUNCTION}-auth`,
        identitySource: 'method.request.header.Authorization',
        resultTtlInSeconds: 0,
      },
    ],
    methods: [{ authorizationType: 'CUSTOM', authorizerId: ref }],
  });
  await expect(make('Authorizer', { Type: 'COGNITO_USER_POOLS', ProviderARNs: [] })).rejects.toThrow(
    'COGNITO_USER_POOLS',
  );
});

describe('What a method requires', () => {
  const Schema = { type: 'object' };
  const required = {
    RequestParameters: {
      'method.request.querystring.page': true,
      'method.request.querystring.size': false,
      'method.request.header.X-Key': true,
      'method.request.path.id': true,
    },
    RequestModels: { 'application/json': 'Shop-Order' },
  };

  test('counts where a validator looks at it', async () => {
    const { make, method, defined } = await api();
    await make('Model', { Schema }, 'Order');
    const { ref: everything } = await make(
      'RequestValidator',
      { ValidateRequestBody: true, ValidateRequestParameters: true },
      'All',
    );
    await method({ ...required, RequestValidatorId: everything });
    expect(defined().methods[0]).toMatchObject({
      requiredQueryParameters: ['page'],
      requiredHeaders: ['X-Key'],
      bodySchema: Schema,
    });
  });

  test('does not count without one', async () => {
    const { make, method, defined } = await api();
    await make('Model', { Schema }, 'Order');
    const { ref: nothing } = await make('RequestValidator', { ValidateRequestBody: false }, 'None');
    await method(required);
    await method({ ...required, HttpMethod: 'PUT', RequestValidatorId: nothing });
    for (const definition of defined().methods) {
      expect(Object.keys(definition)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/required|bodySchema/)]),
      );
    }
  });
});

test('A mock answers with its first response', async () => {
  const { method, defined } = await api();
  await method({
    HttpMethod: 'OPTIONS',
    Integration: {
      Type: 'MOCK',
      IntegrationResponses: [
        { StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } },
      ],
    },
  });
  expect(defined().methods[0]!.integration).toEqual({
    type: 'MOCK',
    statusCode: 204,
    headers: { 'Access-Control-Allow-Origin': "'*'" },
  });
});

describe('What would not hold here is refused:', () => {
  test.each([
    ['a key', { ApiKeyRequired: true }, /ApiKeyRequired/],
    ['scopes', { AuthorizationScopes: ['orders'] }, /AuthorizationScopes/],
    [
      'a call of another service',
      { Integration: { Type: 'AWS', Uri: 'arn:aws:apigateway:us-east-1:sqs:path/x' } },
      /AWS to arn:aws:apigateway:us-east-1:sqs/,
    ],
  ] as const)('%s', async (_, properties, said) => {
    const { method } = await api();
    await expect(method(properties as unknown as JsonObject)).rejects.toThrow(said);
  });

  test('an API that is described elsewhere, or has a policy of its own', async () => {
    await expect(api({ Body: { openapi: '3.0.1' } })).rejects.toThrow('Body');
    await expect(api({ Policy: { Statement: [] } })).rejects.toThrow('Policy');
  });
});
