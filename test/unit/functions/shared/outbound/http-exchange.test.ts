import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { nodeExchange } from '../../../../../functions/shared/outbound/http-exchange.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const exchange = (url: string, timeoutMs = 5_000, body?: string) =>
  nodeExchange({
    method: 'PUT',
    url,
    headers: { 'x-token': 'abc' },
    timeoutMs,
    ...(body === undefined ? {} : { body }),
  });

describe('an exchange', () => {
  test('sends method, path, headers and body, and gives status, headers and text of any answer', async () => {
    const url = await serve((request, response) => {
      const { method, url: path, headers } = request;
      void request
        .toArray()
        .then((chunks: Buffer[]) =>
          response
            .writeHead(409)
            .end(
              JSON.stringify([
                method,
                path,
                headers['x-token'],
                headers['content-length'],
                Buffer.concat(chunks).toString(),
              ]),
            ),
        );
    });
    expect(await exchange(`${url}/v1/things?a=1`, 5_000, '{"name":"ü"}')).toEqual({
      status: 409,
      headers: expect.objectContaining({ date: expect.any(String) }),
      text: '["PUT","/v1/things?a=1","abc","13","{\\"name\\":\\"ü\\"}"]',
    });
  });

  test.each([
    'http://gateway.example',
    'http://127.0.0.1.example',
    'https://user:secret@gateway.example',
    'ftp://localhost',
  ])('sends nothing to an address that is not safe: %s', async (url) => {
    await expect(exchange(`${url}/v1/things`)).rejects.toThrow(/expected an https URL/);
    await expect(exchange(`${url}/v1/things`)).rejects.not.toThrow(/secret/);
  });

  test('keeps its connection for the next', async () => {
    let connections = 0;
    const url = await serve((request, response) => void request.resume().on('end', () => response.end('ok')));
    server!.on('connection', () => {
      connections += 1;
    });
    for (let count = 0; count < 3; count += 1) await exchange(url, 5_000, '{}');
    expect(connections).toBe(1);
  });

  test('rejects when no server listens', async () => {
    await expect(exchange('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('rejects when no answer begins in time', async () => {
    const url = await serve(() => {});
    await expect(exchange(url, 30)).rejects.toThrow('There was no answer within 30 ms.');
  });

  test('rejects when the answer does not end in time', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('{"half":'));
    await expect(exchange(url, 100)).rejects.toThrow('There was no answer within 100 ms.');
  });

  test('rejects when the connection breaks in mid-answer', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(exchange(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
