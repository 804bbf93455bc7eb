import { afterEach, describe, expect, test } from 'vitest';
import type { AuthorizerDefinition } from '../../../../local/apigateway/api-definition.ts';
import { decide } from '../../../../local/apigateway/policy.ts';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { type FakeFunction, ok, type ServedApi, serve } from './served-api.ts';

let api: ServedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const policy = (Effect: string, Resource: Json = '*', Action: Json = 'execute-api:Invoke'): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource }],
});

const allow: FakeFunction = () => ({
  principalId: 'user-1',
  policyDocument: policy('Allow'),
  context: { tenant: 't1', level: 3, admin: false },
});

async function guarded(answer: FakeFunction, authorizer: Partial<AuthorizerDefinition> = {}): Promise<ServedApi> {
  api = await serve(
    { 'GET /orders/{id}': { authorizationType: 'CUSTOM', authorizerId: 'a1' } },
    { main: () => ok(), guard: answer },
    { authorizers: [{ id: 'a1', name: 'guard', type: 'TOKEN', functionArn: 'guard', ...authorizer }] },
  );
  return api;
}

const get = (path = '/orders/1', headers: Record<string, string> = { Authorization: 'Bearer x' }): Promise<Response> =>
  fetch(`${api!.url}${path}`, { headers });
const asked = (): number => api!.events.filter(({ type }) => type !== undefined).length;

test('a TOKEN authoriser gets the token and the method, and its context reaches the function as strings', async () => {
  await guarded(allow);
  expect((await get()).status).toBe(200);
  expect(api!.events[0]).toEqual({
    type: 'TOKEN',
    authorizationToken: 'Bearer x',
    methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api1/live/GET/orders/1',
  });
  expect((api!.events[1]!['requestContext'] as JsonObject)['authorizer']).toEqual({
    principalId: 'user-1',
    tenant: 't1',
    level: '3',
    admin: 'false',
  });
});

test('a REQUEST authoriser gets the request without its body', async () => {
  await guarded(allow, {
    type: 'REQUEST',
    identitySource: 'method.request.header.Authorization, method.request.querystring.key',
  });
  expect((await get('/orders/1?key=k')).status).toBe(200);
  expect(api!.events[0]).toMatchObject({
    type: 'REQUEST',
    resource: '/orders/{id}',
    httpMethod: 'GET',
    pathParameters: { id: '1' },
    queryStringParameters: { key: 'k' },
    requestContext: { stage: 'live' },
  });
  expect(api!.events[0]).not.toHaveProperty('body');
});

test.each([
  ['no token', {}, {}],
  [
    'a token that the pattern does not know',
    { Authorization: 'Basic x' },
    { identityValidationExpression: 'Bearer .+' },
  ],
])('%s is 401 without asking', async (_, headers, authorizer) => {
  await guarded(allow, authorizer);
  expect((await get('/orders/1', headers)).status).toBe(401);
  expect(api!.events).toEqual([]);
});

test.each<[string, FakeFunction, number, unknown]>([
  [
    '"Unauthorized"',
    () => {
      throw new Error('Unauthorized');
    },
    401,
    { message: 'Unauthorized' },
  ],
  [
    'another error',
    () => {
      throw new Error('boom');
    },
    500,
    { message: null },
  ],
  ['no policy', () => ({ principalId: 'user-1' }), 500, { message: null }],
  ['nothing', () => null, 500, { message: null }],
  [
    'a nested context',
    () => ({ principalId: 'u', policyDocument: policy('Allow'), context: { a: {} } }),
    500,
    { message: null },
  ],
  [
    'a denial',
    () => ({ principalId: 'u', policyDocument: policy('Deny') }),
    403,
    { message: 'User is not authorized to access this resource with an explicit deny' },
  ],
  [
    'a permission for something else',
    () => ({ principalId: 'u', policyDocument: policy('Allow', 'arn:aws:execute-api:*:*:api1/live/POST/*') }),
    403,
    { message: 'User is not authorized to access this resource' },
  ],
])('%s is answered as AWS does, and the function is not invoked', async (_, answer, status, body) => {
  await guarded(answer);
  const response = await get();
  expect([response.status, await response.json()]).toEqual([status, body]);
  expect(api!.events).toHaveLength(1);
});

describe('answers are kept', () => {
  test('for the same identity, until they are too old', async () => {
    await guarded(allow, { resultTtlInSeconds: 60 });
    await get();
    await get('/orders/2');
    expect(asked()).toBe(1);
    await get('/orders/1', { Authorization: 'Bearer y' });
    expect(asked()).toBe(2);
    api!.clock.advance(60_000);
    await get();
    expect(asked()).toBe(3);
  });

  test('and their policy is applied to each method again', async () => {
    await guarded(() => ({ principalId: 'u', policyDocument: policy('Allow', '*/GET/orders/1') }));
    expect([(await get()).status, (await get('/orders/2')).status, asked()]).toEqual([200, 403, 1]);
  });

  test('but not when the authoriser says 0 seconds', async () => {
    await guarded(allow, { resultTtlInSeconds: 0 });
    await get();
    await get();
    expect(asked()).toBe(2);
  });
});

describe('a policy', () => {
  const arn = 'arn:aws:execute-api:us-east-1:000000000000:api1/live/GET/orders/1';
  test.each<[JsonObject, string]>([
    [policy('Allow', arn), 'allowed'],
    [policy('Allow', ['nothing', '*/GET/orders/?']), 'allowed'],
    [policy('Allow', '*', ['s3:*', 'execute-api:*']), 'allowed'],
    [policy('Allow', '*', 's3:GetObject'), 'not-mentioned'],
    [policy('Allow', `${arn}2`), 'not-mentioned'],
    [policy('Allow', arn.replaceAll('.', 'x').replace('/orders', '.orders')), 'not-mentioned'],
    [
      { Statement: [policy('Allow')['Statement'], policy('Deny', '*/orders/*')['Statement']].flat() as Json[] },
      'denied',
    ],
    [{}, 'not-mentioned'],
  ])('%j: %s', (document, decision) => {
    expect(decide(document, arn)).toBe(decision);
  });
});

test('an authorisation that this runtime does not have is refused when the API is defined', async () => {
  await expect(serve({ 'GET /': { authorizationType: 'AWS_IAM' } })).rejects.toThrow('AWS_IAM');
  await expect(serve({ 'GET /': { authorizationType: 'CUSTOM', authorizerId: 'ghost' } })).rejects.toThrow(
    'authoriser',
  );
});
