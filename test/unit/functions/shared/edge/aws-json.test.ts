import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsJson } from '../../../../../functions/shared/edge/aws-json.ts';
import { DependencyUnavailable } from '../../../../../functions/shared/kernel/errors.ts';

let server: Server;
let request: { readonly headers: IncomingMessage['headers']; readonly body: string } | undefined;
let answer: { status: number; body: string } | 'none';

beforeEach(async () => {
  answer = { status: 200, body: '{"Parameter":{}}' };
  server = createServer((message, response) => {
    void text(message).then((body) => {
      request = { headers: message.headers, body };
      if (answer !== 'none') response.writeHead(answer.status).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const call = (environment: object = {}, timeoutMs = 10_000) =>
  awsJson({
    service: 'ssm',
    target: 'AmazonSSM',
    timeoutMs,
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...environment,
    },
  })('GetParameter', { Name: '/x' });

describe('A call of an AWS service in JSON', () => {
  it('is signed for the service and the region, and resolves to the answer', async () => {
    expect(await call({ AWS_SESSION_TOKEN: 'session' })).toEqual({ Parameter: {} });
    expect(request?.body).toBe('{"Name":"/x"}');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/ssm\/aws4_request, SignedHeaders=[\w;-]*host;[\w;-]*x-amz-target, Signature=[0-9a-f]{64}$/,
      ),
    });
  });

  it('is refused with the name that the service gives the error', async () => {
    answer = { status: 400, body: '{"__type":"com.amazonaws.ssm#ParameterNotFound","message":"none"}' };
    await expect(call()).rejects.toMatchObject({
      name: 'ParameterNotFound',
      message: 'none',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('counts the service as unavailable when it answers without a reason, too late or not at all', async () => {
    answer = { status: 503, body: '<html>' };
    await expect(call()).rejects.toBeInstanceOf(DependencyUnavailable);
    answer = 'none';
    await expect(call({}, 50)).rejects.toBeInstanceOf(DependencyUnavailable);
    await expect(call({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});
