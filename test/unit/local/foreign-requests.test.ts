import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foreignRequest } from '../../../local/foreign-requests.ts';
import { gatewayRoutes } from '../../../partners/payment-gateway/server.ts';
import { serve as servePartner } from '../partners/served.ts';
import { serve } from './apigateway/served-api.ts';
import { serveEndpoint } from './endpoint/served-endpoint.ts';

type Headers = Readonly<Record<string, string>>;

/** Unlike fetch, it sends every header as it is told. */
const statusOf = (url: string, method: string, headers: Headers): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode!));
    })
      .on('error', reject)
      .end(method === 'GET' ? undefined : '{}');
  });

const FOREIGN: readonly (readonly [string, string, Headers])[] = [
  ['a name that a foreign name server leads here', 'GET', { host: 'evil.example' }],
  ['the same with a port', 'POST', { host: 'evil.example:3000' }],
  ['a name that only begins as this machine', 'GET', { host: '127.0.0.1.evil.example' }],
  ['another address', 'GET', { host: '192.168.1.7:3000' }],
  ['a form on a page of another site', 'POST', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
  ['a file or a sandboxed frame', 'POST', { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' }],
  ['a site whose name begins as this machine', 'POST', { origin: 'http://localhost.evil.example' }],
  ['a browser that sends no Origin', 'POST', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
];
const OWN: readonly (readonly [string, string, Headers])[] = [
  ['curl', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['an SDK client', 'POST', { 'content-type': 'application/x-amz-json-1.0' }],
  ['localhost', 'POST', { host: 'localhost:3000' }],
  ['a name below localhost', 'GET', { host: 'api.localhost' }],
  ['an IPv6 address of this machine', 'GET', { host: '[::1]:3000' }],
  ['the page itself', 'POST', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }],
  [
    'a page that another port of this machine serves',
    'POST',
    { origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' },
  ],
  ['the address bar', 'GET', { 'sec-fetch-site': 'none' }],
  ['a link on another site', 'GET', { 'sec-fetch-site': 'cross-site' }],
];

describe('A request is foreign', () => {
  test.each(FOREIGN)('of %s: %s %j', (_, method, headers) => {
    expect(foreignRequest({ method, headers })).toMatch(/Host is|Origin is|cross-site/);
  });

  test.each(OWN)('not of %s: %s %j', (_, method, headers) => {
    expect(foreignRequest({ method, headers })).toBeUndefined();
  });
});

describe('What listens on this machine', () => {
  const served: { readonly name: string; readonly url: string; readonly close: () => Promise<void> }[] = [];

  beforeAll(async () => {
    const endpoint = await serveEndpoint();
    const api = await serve({ 'ANY /': {} });
    const partner = await servePartner(gatewayRoutes);
    served.push(
      { name: 'the AWS endpoint', url: `${endpoint.url}/_runtime/outputs`, close: () => endpoint.close() },
      { name: 'the runtime’s pages', url: `${endpoint.url}/_runtime/meter/reset`, close: async () => {} },
      { name: 'the REST API', url: `${api.url}/`, close: () => api.close() },
      { name: 'a partner', url: `${partner.url}/health`, close: () => partner.close() },
    );
  });
  afterAll(async () => {
    await Promise.all(served.map(({ close }) => close()));
  });

  test.each(FOREIGN)('refuses %s: %s %j', async (_, method, headers) => {
    for (const { name, url } of served) expect([name, await statusOf(url, method, headers)]).toEqual([name, 403]);
  });

  test('answers programs of this machine', async () => {
    for (const { name, url } of served) {
      expect([name, await statusOf(url, 'POST', { host: 'localhost' })]).not.toEqual([name, 403]);
    }
  });
});
