import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { EngineClient } from '../../../../local/dynamodb/engine-client.ts';

let server: Server | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  const closed = server && once(server, 'close');
  server?.close();
  await closed;
});

/** A client of a server that does `onRequest` with each request that has come as a whole. */
async function clientOf(onRequest: (socket: Socket, request: string) => void): Promise<EngineClient> {
  server = createServer((socket) => {
    sockets.push(socket);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const [head, body = ''] = text.split('\r\n\r\n');
      if (Buffer.byteLength(body) < Number(/content-length: (\d+)/.exec(head!)?.[1])) return;
      onRequest(socket, text);
      text = '';
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new EngineClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const answer = (text: string, status = '200 OK'): Buffer =>
  Buffer.from(`HTTP/1.1 ${status}\r\nContent-Type: x\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);

test('a request has its headers, its length and its text, and the answer its status and its text', async () => {
  const requests: string[] = [];
  const client = await clientOf((socket, request) => {
    requests.push(request);
    socket.write(answer('{"漢":"字"}', '400 Bad Request'));
  });
  expect(await client.post({ 'x-amz-target': 'T' }, '{"ü":1}')).toEqual({ status: 400, text: '{"漢":"字"}' });
  expect(requests).toEqual([
    expect.stringMatching(
      /^POST \/ HTTP\/1\.1\r\nhost: [\d.:]+\r\ncontent-length: 8\r\nx-amz-target: T\r\n\r\n\{"ü":1\}$/,
    ),
  ]);
});

test('an answer may come byte by byte', async () => {
  const byteByByte = async (socket: Socket): Promise<void> => {
    for (const byte of answer('{"漢":"字"}')) {
      await new Promise((written) => socket.write(Uint8Array.of(byte), written));
    }
  };
  const client = await clientOf((socket) => void byteByByte(socket));
  expect(await client.post({}, '')).toEqual({ status: 200, text: '{"漢":"字"}' });
});

test('an answer may be larger than what is read at once', async () => {
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => index));
  const client = await clientOf((socket) => socket.write(answer(text)));
  expect(await client.post({}, '')).toEqual({ status: 200, text });
});

test('requests after each other go over one connection, and side by side each has one and its own answer', async () => {
  const client = await clientOf((socket, request) => socket.write(answer(request.slice(-1))));
  for (const body of ['a', 'b']) expect((await client.post({}, body)).text).toBe(body);
  expect(sockets).toHaveLength(1);
  const texts = (await Promise.all(['c', 'd', 'e'].map((body) => client.post({}, body)))).map(({ text }) => text);
  expect(texts).toEqual(['c', 'd', 'e']);
  expect(sockets).toHaveLength(3);
});

test('a connection that ends before the answer fails its request, and the next one gets another', async () => {
  let requests = 0;
  const client = await clientOf((socket) => {
    requests += 1;
    if (requests === 1) socket.destroy();
    else socket.write(answer('{}'));
  });
  await expect(client.post({}, '')).rejects.toThrow(/closed the connection|ECONNRESET/);
  expect(await client.post({}, '')).toEqual({ status: 200, text: '{}' });
});

test('an answer that does not say its length is refused', async () => {
  const client = await clientOf((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}'),
  );
  await expect(client.post({}, '')).rejects.toThrow('Its answer has no length.');
});

test('closing waits for the requests under way', async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<Socket>();
  const client = await clientOf(isAsked);
  const answered = client.post({}, '');
  const socket = await asked;
  let closed = false;
  const closing = client.close().then(() => {
    closed = true;
  });
  await new Promise(setImmediate);
  expect(closed).toBe(false);
  socket.write(answer('{}'));
  expect((await answered).text).toBe('{}');
  await closing;
});
