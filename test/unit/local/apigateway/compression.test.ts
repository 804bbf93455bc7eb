import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { rawRequest } from './raw-request.ts';
import { type ServedApi, serve } from './served-api.ts';

const SMALLEST = 100;
let api: ServedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const asked = async (body: string, accept: string, headers = {}): Promise<Buffer> => {
  api = await serve({ 'GET /': {} }, () => ({ statusCode: 200, headers, body }), { minimumCompressionSize: SMALLEST });
  const request = `GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${accept}\r\nConnection: close\r\n\r\n`;
  return Buffer.from(await rawRequest(api.port, request), 'latin1');
};
const headOf = (answer: Buffer) => answer.subarray(0, answer.indexOf('\r\n\r\n')).toString('latin1').toLowerCase();
const bodyOf = (answer: Buffer) => answer.subarray(answer.indexOf('\r\n\r\n') + 4);

test.each(['gzip', 'br, gzip;q=0.5', '*'])('a long answer is compressed for a client that reads %s', async (accept) => {
  const answer = await asked('x'.repeat(SMALLEST), accept);
  expect(headOf(answer)).toContain('content-encoding: gzip');
  expect(gunzipSync(bodyOf(answer)).toString()).toBe('x'.repeat(SMALLEST));
});

test.each([
  ['is short', 'x'.repeat(SMALLEST - 1), 'gzip', {}],
  ['is for a client that reads something else', 'x'.repeat(SMALLEST), 'br', {}],
  ['is for a client that refuses gzip', 'x'.repeat(SMALLEST), 'gzip;q=0', {}],
  ['is encoded already', 'x'.repeat(SMALLEST), 'gzip', { 'Content-Encoding': 'identity' }],
])('an answer is sent as it is when it %s', async (_, body, accept, headers) => {
  const answer = await asked(body, accept, headers);
  expect(headOf(answer)).not.toContain('content-encoding: gzip');
  expect(bodyOf(answer).toString()).toBe(body);
});
