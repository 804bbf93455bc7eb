import { afterEach, expect, test } from 'vitest';
import { rawRequest } from './raw-request.ts';
import { ok, type ServedApi, serve } from './served-api.ts';

let api: ServedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

test('a function gets the request as a Lambda proxy event of version 1.0', async () => {
  api = await serve({ 'POST /orders/{orderId}': {} }, () => ok(), { stageVariables: { colour: 'blue' } });
  await fetch(`${api.url}/orders/o%2F1?tag=a&tag=b%20c&empty=`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'test', 'X-Forwarded-For': '203.0.113.9' },
    body: '{"naïve":"✓"}',
  });
  expect(api.events).toHaveLength(1);
  expect(api.events[0]).toMatchObject({
    resource: '/orders/{orderId}',
    path: '/orders/o%2F1',
    httpMethod: 'POST',
    queryStringParameters: { tag: 'b c', empty: '' },
    multiValueQueryStringParameters: { tag: ['a', 'b c'], empty: [''] },
    pathParameters: { orderId: 'o%2F1' },
    stageVariables: { colour: 'blue' },
    body: '{"naïve":"✓"}',
    isBase64Encoded: false,
    requestContext: {
      resourceId: 'root/orders/{orderId}',
      resourcePath: '/orders/{orderId}',
      httpMethod: 'POST',
      path: '/orders/o%2F1',
      apiId: 'api1',
      stage: 'live',
      accountId: '000000000000',
      protocol: 'HTTP/1.1',
      requestId: '00000000-0000-4000-8000-000000000001',
      requestTime: '21/Nov/2026:00:00:00 +0000',
      requestTimeEpoch: Date.UTC(2026, 10, 21),
      identity: { sourceIp: '127.0.0.1', userAgent: 'test', user: null },
    },
  });
  const { headers, multiValueHeaders } = api.events[0] as unknown as {
    headers: Record<string, string>;
    multiValueHeaders: Record<string, string[]>;
  };
  expect(headers['X-Forwarded-For']).toBe('203.0.113.9, 127.0.0.1');
  expect(Object.keys(headers)).toEqual(Object.keys(multiValueHeaders));
});

test('what a request does not have is null, as on AWS', async () => {
  api = await serve({ 'GET /': {} });
  await fetch(api.url);
  expect(api.events[0]).toMatchObject({
    resource: '/',
    path: '/',
    body: null,
    isBase64Encoded: false,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
  });
});

test('header names stay as the client wrote them, and of several values the last one counts', async () => {
  api = await serve({ 'GET /': {} });
  await rawRequest(
    api.port,
    'GET / HTTP/1.1\r\nHost: localhost\r\nX-Thing: one\r\nX-Thing: two\r\n__proto__: odd\r\nConnection: close\r\n\r\n',
  );
  expect(api.events[0]).toMatchObject({
    headers: { 'X-Thing': 'two' },
    multiValueHeaders: { 'X-Thing': ['one', 'two'] },
  });
  expect(Object.keys(api.events[0]!['headers'] as object)).toEqual([
    'Host',
    'X-Thing',
    '__proto__',
    'X-Forwarded-For',
    'X-Forwarded-Port',
    'X-Forwarded-Proto',
  ]);
});

test('a body that is no UTF-8 has U+FFFD for what could not be read, as on AWS', async () => {
  api = await serve({ 'POST /': {} });
  await fetch(api.url, { method: 'POST', body: Buffer.from([0x22, 0x5a, 0xeb, 0x22]) });
  await fetch(api.url, { method: 'POST', body: Buffer.from('\ufeff{}') });
  expect(api.events.map(({ body }) => body)).toEqual(['"Z\ufffd"', '\ufeff{}']);
});

test('binary media types arrive in base64, and leave decoded for a client that accepts them', async () => {
  api = await serve(
    { 'POST /': {} },
    () => ({ statusCode: 200, headers: { 'Content-Type': 'image/png' }, body: 'AAEC', isBase64Encoded: true }),
    { binaryMediaTypes: ['image/png'] },
  );
  const accepted = await fetch(api.url, {
    method: 'POST',
    headers: { 'Content-Type': 'image/png', Accept: 'image/png' },
    body: Buffer.from([255, 254]),
  });
  expect(api.events[0]).toMatchObject({ body: '//4=', isBase64Encoded: true });
  expect([...Buffer.from(await accepted.arrayBuffer())]).toEqual([0, 1, 2]);
  const plain = await fetch(api.url, { method: 'POST', headers: { Accept: 'text/html' } });
  expect(await plain.text()).toBe('AAEC');
});

test('requests are metered, refused ones too', async () => {
  api = await serve({ 'GET /': {} });
  await fetch(api.url);
  await fetch(`${api.url}/nowhere`);
  expect(api.ctx.meter.of('apigateway.requests', 'Test')).toBe(2);
});
