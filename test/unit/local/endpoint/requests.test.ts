import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ServedEndpoint, serveEndpoint } from './served-endpoint.ts';

let endpoint: ServedEndpoint;
beforeEach(async () => {
  endpoint = await serveEndpoint();
});
afterEach(() => endpoint.close());

const OPERATOR =
  'AWS4-HMAC-SHA256 Credential=operator/20261121/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0';

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${endpoint.url}${path}`, { method: 'POST', body, headers: { authorization: OPERATOR, ...headers } });

describe('Lambda’s Invoke', () => {
  test('answers with the function’s payload', async () => {
    const answer = await post('/2015-03-31/functions/echo/invocations', '{"a":1}');
    expect([answer.status, await answer.text(), answer.headers.get('x-amz-executed-version')]).toEqual([
      200,
      '{"a":1}',
      '$LATEST',
    ]);
  });

  test('tells a failure of the function in a header', async () => {
    const answer = await post('/2015-03-31/functions/broken/invocations', '{}');
    expect([answer.status, answer.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(await answer.json()).toMatchObject({ errorType: 'TypeError' });
  });

  test('needs a permission', async () => {
    const { accessKeyId } = endpoint.client('worker').credentials;
    const answer = await post('/2015-03-31/functions/echo/invocations', '{}', {
      authorization: OPERATOR.replace('operator', accessKeyId),
    });
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'AccessDeniedException']);
  });

  test('of a type that Lambda does not have is refused', async () => {
    const answer = await post('/2015-03-31/functions/echo/invocations', '{}', { 'x-amz-invocation-type': 'Later' });
    expect(await answer.json()).toMatchObject({ __type: 'InvalidParameterValueException' });
  });
});

describe('A request is refused', () => {
  const cases: readonly (readonly [string, Record<string, string>, string, number, string])[] = [
    [
      'for a service that is not there',
      { 'x-amz-target': 'Kinesis_20131202.PutRecord' },
      '{}',
      400,
      'UnknownOperationException',
    ],
    ['for broken JSON', { 'x-amz-target': 'DynamoDB_20120810.PutItem' }, '{"a":', 400, 'SerializationException'],
    [
      'for JSON that is no object',
      { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
      '[]',
      400,
      'SerializationException',
    ],
    [
      'from an unknown key',
      { 'x-amz-target': 'DynamoDB_20120810.PutItem', authorization: OPERATOR.replace('operator', 'AKIA') },
      '{}',
      403,
      'UnrecognizedClientException',
    ],
    [
      'without a signature',
      { 'x-amz-target': 'DynamoDB_20120810.PutItem', authorization: '' },
      '{}',
      403,
      'MissingAuthenticationTokenException',
    ],
    [
      'when it is larger than any service takes',
      { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
      'x'.repeat(18 * 1024 * 1024),
      413,
      'RequestEntityTooLarge',
    ],
  ];
  test.each(cases)('%s', async (_, headers, body, status, code) => {
    const answer = await post('/', body, headers);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([status, code]);
    expect(await answer.json()).toEqual({ __type: code, message: expect.stringMatching(/\w/) });
    expect(endpoint.forwarded).toEqual([]);
  });
});

test('A caller that goes away in mid-request is no fault of the runtime', async () => {
  const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    'POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: DynamoDB_20120810.PutItem\r\ncontent-length: 100\r\n\r\n{"Tab',
  );
  await sleep(20);
  socket.destroy();
  await sleep(50);
  expect(endpoint.ctx.warnings).toEqual([]);
});

describe('The runtime’s own pages', () => {
  const get = (path: string) => fetch(`${endpoint.url}${path}`);

  test('show the outputs', async () => {
    expect(await (await get('/_runtime/outputs')).json()).toEqual({ ApiUrl: 'http://api' });
  });

  test('show what topics were told', async () => {
    expect(await (await get('/_runtime/notifications')).json()).toEqual([{ subject: 'ALARM' }]);
  });

  test('show what roles may do, and whether they did', async () => {
    expect(await (await get('/_runtime/grants')).json()).toEqual([{ action: 'sqs:SendMessage', used: false }]);
  });

  test('show what was metered, until it is reset', async () => {
    expect(await (await get('/_runtime/meter')).json()).toEqual({ 'sqs.requests': { work: 3 } });
    expect(await (await get('/metrics')).text()).toMatch(/^aws_sqs_sent_sum 3$/m);
    await post('/_runtime/meter/reset', '');
    expect(await (await get('/_runtime/meter')).json()).toEqual({});
  });

  test('say what this address is, to who asks for anything else', async () => {
    const answer = await get('/');
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('AWS_ENDPOINT_URL')]);
  });
});
