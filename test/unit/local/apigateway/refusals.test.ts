import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rawRequest } from './raw-request.ts';
import { ok, type ServedApi, serve } from './served-api.ts';

let api: ServedApi;
const model = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['sku'],
  additionalProperties: false,
  properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
};

beforeEach(async () => {
  api = await serve(
    {
      'ANY /echo/{proxy+}': {},
      'POST /orders': { bodySchema: model },
      'GET /search': { requiredQueryParameters: ['q'], requiredHeaders: ['X-Tenant'] },
    },
    ({ body }) => ok({ length: typeof body === 'string' ? body.length : 0 }),
  );
});
afterEach(() => api.close());

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}/orders`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });

describe('bodies', () => {
  test.each(['{"sku":"MUG"}', '{"sku":"MUG","quantity":2}'])('%s satisfies the model', async (body) => {
    expect((await post(body)).status).toBe(200);
  });

  test.each(['', '{', 'null', '[]', '{}', '{"sku":1}', '{"sku":"MUG","quantity":0}', '{"sku":"MUG","extra":1}'])(
    '%j is refused and reaches no function',
    async (body) => {
      const answer = await post(body);
      expect([answer.status, await answer.json(), api.events]).toEqual([400, { message: 'Invalid request body' }, []]);
    },
  );

  test('another type than JSON has no model here', async () => {
    expect((await post('sku=MUG', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(200);
  });

  test('two megabytes are for the function to judge', async () => {
    const answer = await fetch(`${api.url}/echo/x`, { method: 'POST', body: 'x'.repeat(2_000_000) });
    expect(await answer.json()).toEqual({ length: 2_000_000 });
  });

  test.each([
    ['with its length', (body: Buffer) => body],
    ['in chunks', (body: Buffer) => new Blob([new Uint8Array(body)]).stream()],
  ])('eleven megabytes %s are too large', async (_, asBody) => {
    const answer = await fetch(`${api.url}/echo/x`, {
      method: 'POST',
      body: asBody(Buffer.alloc(11 * 1024 * 1024)),
      duplex: 'half',
    });
    expect([answer.status, await answer.json(), api.events]).toEqual([413, { message: 'Request Too Long' }, []]);
  });

  test('a gigabyte is refused before it is sent', async () => {
    const answer = await rawRequest(
      api.port,
      'POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n{',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  test('a client that goes away in the middle does no harm', async () => {
    await rawRequest(api.port, 'POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{', 50);
    expect((await fetch(`${api.url}/echo/x`)).status).toBe(200);
    expect(api.ctx.warnings).toEqual([]);
  });
});

describe('required parameters', () => {
  test('what is missing is named', async () => {
    const answer = await fetch(`${api.url}/search`);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { message: 'Missing required request parameters: [q, X-Tenant]' },
    ]);
  });

  test('a header counts in any case', async () => {
    expect((await fetch(`${api.url}/search?q=`, { headers: { 'x-tenant': 'a' } })).status).toBe(200);
  });
});

describe('whatever arrives is answered or hung up on, and the next request is served', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`],
    [
      'a thousand headers',
      `GET /echo/x HTTP/1.1\r\nHost: localhost\r\n${'A: b\r\n'.repeat(1_000)}Connection: close\r\n\r\n`,
    ],
    ['two lengths', 'POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
    ],
    ['a negative length', 'POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
    ['a broken chunk', 'POST /echo/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a null byte', 'GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['no host', 'GET /echo/x HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET /echo/x HTTP/1.1\r\nHost: localhost\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
    ['an unknown method', 'BREW /echo/x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const answer = await rawRequest(api.port, bytes, 300);
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect((await fetch(`${api.url}/echo/x`)).status).toBe(200);
  });

  test.each([
    ['the absolute form', 'GET http://example.com/echo/x?a=1 HTTP/1.1', 200],
    ['the form of the whole server', 'OPTIONS * HTTP/1.1', 403],
    ['an encoded slash', 'GET /echo/a%2Fb HTTP/1.1', 200],
    ['an encoding that is none', 'GET /echo/%zz%?%=%&%E0%A4%A HTTP/1.1', 200],
    ['dots', 'GET /echo/../../etc/passwd HTTP/1.1', 200],
    ['a name that objects have', 'GET /constructor/__proto__ HTTP/1.1', 403],
  ])('%s', async (_, line, status) => {
    const answer = await rawRequest(api.port, `${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        await rawRequest(api.port, Buffer.concat([Buffer.from('POST /echo/'), bytes, Buffer.from('\r\n\r\n')]), 20);
      }),
      { numRuns: 50, seed: 2 },
    );
    expect((await fetch(`${api.url}/echo/x`)).status).toBe(200);
  });
});
