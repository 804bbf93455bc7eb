import { afterEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../../local/contracts.ts';
import { rawRequest } from './raw-request.ts';
import { ok, type ServedApi, serve } from './served-api.ts';

let api: ServedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const problems = [
  {
    responseType: 'MISSING_AUTHENTICATION_TOKEN',
    statusCode: '404',
    responseParameters: {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Id': 'context.requestId',
    },
    responseTemplates: {
      'application/json': '{"title":"Not Found","instance":"$context.path","id":"$context.requestId"}',
    },
  },
  {
    responseType: 'DEFAULT_5XX',
    responseTemplates: {
      'application/json': '{"detail":$context.error.messageString,"type":"$context.error.responseType"}',
    },
  },
];

test('status, headers and body of a function reach the client', async () => {
  api = await serve({ 'GET /': {} }, () => ({
    statusCode: 202,
    headers: { Location: '/orders/1', 'X-Number': 7 },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    body: '{"é":1}',
  }));
  const answer = await fetch(api.url);
  expect(answer.status).toBe(202);
  expect(answer.headers.get('location')).toBe('/orders/1');
  expect(answer.headers.get('x-number')).toBe('7');
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('content-length')).toBe('8');
  expect(answer.headers.get('x-amzn-requestid')).toBe('00000000-0000-4000-8000-000000000001');
  expect(await answer.json()).toEqual({ é: 1 });
});

test('connections are kept for the next request', async () => {
  api = await serve({ 'GET /': {} });
  const answer = await rawRequest(
    api.port,
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  );
  expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});

test('HEAD of a resource with ANY is answered without a body', async () => {
  api = await serve({ 'ANY /': {} }, () => ok('long'));
  const answer = await fetch(api.url, { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '6', '']);
});

test('a mock integration answers OPTIONS without a function', async () => {
  api = await serve({
    'OPTIONS /': { integration: { type: 'MOCK', statusCode: 204, headers: { 'Access-Control-Allow-Origin': "'*'" } } },
  });
  const answer = await fetch(api.url, { method: 'OPTIONS' });
  expect([answer.status, answer.headers.get('access-control-allow-origin'), api.events]).toEqual([204, '*', []]);
});

test('a mock integration tells of the request in headers and body', async () => {
  api = await serve({
    'ANY /here': {
      integration: {
        type: 'MOCK',
        statusCode: 405,
        headers: { Allow: "'GET'", 'X-Id': 'context.requestId' },
        body: '{"instance":"$context.path"}',
      },
    },
  });
  const answer = await fetch(`${api.url}/here`, { method: 'DELETE' });
  expect([answer.status, answer.headers.get('allow'), answer.headers.get('x-id')]).toEqual([
    405,
    'GET',
    answer.headers.get('x-amzn-requestid'),
  ]);
  expect(await answer.json()).toEqual({ instance: expect.stringMatching(/\/here$/) });
});

describe('malformed answers of a function are 502, with a warning that says why', () => {
  test.each<[string, unknown]>([
    ['no object', 'hello'],
    ['nothing', undefined],
    ['a list', []],
    ['no status', { body: 'x' }],
    ['a status that is no number', { statusCode: 'ok' }],
    ['a status out of range', { statusCode: 99 }],
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['a header that would split the answer', { statusCode: 200, headers: { 'X-A': 'a\r\nX-B: b' } }],
    ['a header that is an object', { statusCode: 200, headers: { 'X-A': {} } }],
    ['several values that are no list', { statusCode: 200, multiValueHeaders: { 'X-A': 'a' } }],
    ['a field that API Gateway does not know', { statusCode: 200, body: '', cookies: [] }],
  ])('%s', async (_, answered) => {
    api = await serve({ 'GET /': {} }, () => answered);
    const answer = await fetch(api.url);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({ message: 'Internal server error' });
    expect(api.ctx.warnings).toEqual([expect.stringMatching(/^The function behind GET \/ gave a malformed answer: /)]);
  });
});

describe('when a function cannot answer', () => {
  test('a failed one is 502 without a word of its error', async () => {
    api = await serve({ 'GET /': {} }, () => {
      throw new Error('secret');
    });
    const answer = await fetch(api.url);
    expect([answer.status, await answer.text()]).toEqual([502, '{"message":"Internal server error"}']);
  });

  test('one that takes longer than the integration may is 504', async () => {
    const asked = Promise.withResolvers<void>();
    api = await serve({ 'GET /': {} }, () => {
      asked.resolve();
      return new Promise(() => undefined);
    });
    const answer = fetch(api.url);
    await asked.promise;
    api.clock.advance(29_000);
    expect((await answer).status).toBe(504);
    expect(await (await answer).json()).toEqual({ message: 'Endpoint request timed out' });
  });

  test('a timeout of its own is kept', async () => {
    const asked = Promise.withResolvers<void>();
    api = await serve(
      { 'GET /': { integration: { type: 'AWS_PROXY', functionArn: 'main', timeoutMs: 12_000 } } },
      () => {
        asked.resolve();
        return new Promise(() => undefined);
      },
    );
    const answer = fetch(api.url);
    await asked.promise;
    api.clock.advance(12_000);
    expect((await answer).status).toBe(504);
  });

  test('one without capacity is 500', async () => {
    api = await serve({ 'GET /': {} }, () => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    });
    expect((await fetch(api.url)).status).toBe(500);
  });

  test('a request too large for Lambda is 413', async () => {
    api = await serve({ 'GET /': {} }, () => {
      throw new AwsError('RequestTooLargeException', 'too large', 413);
    });
    expect((await fetch(api.url)).status).toBe(413);
  });
});

describe('gateway responses', () => {
  test('without one of its own, an unknown path is 403 in the words of AWS', async () => {
    api = await serve({ 'GET /known': {} });
    const answer = await fetch(`${api.url}/unknown`);
    expect([answer.status, await answer.json(), answer.headers.get('x-amzn-errortype')]).toEqual([
      403,
      { message: 'Missing Authentication Token' },
      'MissingAuthenticationTokenException',
    ]);
  });

  test('an API has its own status, headers and template', async () => {
    api = await serve({ 'GET /known': {} }, () => ok(), { gatewayResponses: problems });
    const answer = await fetch(`${api.url}/unknown?a=1`, { method: 'POST', body: 'x'.repeat(200_000) });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    const id = answer.headers.get('x-id');
    expect(await answer.json()).toEqual({ title: 'Not Found', instance: '/unknown', id });
    expect(id).toBe(answer.headers.get('x-amzn-requestid'));
  });

  test('a path full of quotes does not break the template', async () => {
    api = await serve({ 'GET /known': {} }, () => ok(), { gatewayResponses: problems });
    const answer = await rawRequest(api.port, 'GET /a"b\\c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ instance: '/a"b\\c' });
  });

  test('a default stands for every type without its own', async () => {
    api = await serve(
      { 'GET /': {} },
      () => {
        throw new Error('broken');
      },
      { gatewayResponses: problems },
    );
    const answer = await fetch(api.url);
    expect([answer.status, await answer.json()]).toEqual([
      502,
      { detail: 'Internal server error', type: 'DEFAULT_5XX' },
    ]);
  });
});
