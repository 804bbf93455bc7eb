import { describe, expect, test } from 'vitest';
import { ORDER, ORDER_PATH } from '../../../../functions/orders/http/contracts/examples.ts';
import { faultsOfAnswer, operationFor } from '../../../support/api/client.ts';

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers({
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    'x-correlation-id': 'c',
    'cache-control': 'no-store',
    ...headers,
  }),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const notFound = {
  type: 'urn:waybill:problem:order-not-found',
  title: 'There is no such order',
  status: 404,
  detail: 'No.',
  instance: ORDER_PATH,
};
const faults = (...answer: Parameters<typeof answered>) => faultsOfAnswer('GET', ORDER_PATH, answered(...answer));

describe('The client that checks answers against the API document', () => {
  test('finds the operation of a request as API Gateway does', () => {
    expect(operationFor('GET', ORDER_PATH)?.operationId).toBe('getOrder');
    expect(operationFor('GET', '/api/v1/orders/customer/C1')?.operationId).toBe('listOrders');
    expect(operationFor('DELETE', ORDER_PATH)).toBeUndefined();
    expect(operationFor('GET', '/api/v1/openapi_json')).toBeUndefined();
  });

  test('accepts documented answers', () => {
    expect(faults(200, ORDER, { etag: '"6"' })).toEqual([]);
    expect(faults(404, notFound)).toEqual([]);
    expect(
      faultsOfAnswer('GET', '/elsewhere', answered(404, { ...notFound, type: 'urn:waybill:problem:no-such-resource' })),
    ).toEqual([]);
  });

  test.each([
    ['a field that is missing', faults(200, { ...ORDER, total: undefined }), /total/],
    ['a field that is not documented', faults(200, { ...ORDER, margin: 1 }), /margin/],
    ['one deep inside', faults(200, { ...ORDER, total: { ...ORDER.total, cents: 1 } }), /cents/],
    ['a value of another type', faults(200, { ...ORDER, version: '6' }), /version/],
    ['a status that is not documented', faults(418, notFound), /418/],
    ['another media type', faults(404, notFound, { 'content-type': 'application/json' }), /Content-Type/],
    [
      'a problem that this operation does not have',
      faults(404, { ...notFound, type: 'urn:waybill:problem:return-not-found' }),
      /type/,
    ],
    [
      'a header that is missing',
      faultsOfAnswer('GET', ORDER_PATH, {
        ...answered(200, ORDER),
        headers: new Headers({ 'content-type': 'application/json' }),
      }),
      /X-Correlation-Id/,
    ],
    [
      'a refusal that has no time to retry after',
      faults(429, { ...notFound, type: 'urn:waybill:problem:too-many-requests', status: 429 }),
      /time to retry after/,
    ],
    ['incomplete rate-limit headers', faults(200, ORDER, { etag: '"6"', 'ratelimit-limit': '40' }), /rate limit/],
    ['an answer to what does not exist', faultsOfAnswer('GET', '/elsewhere', answered(200, ORDER)), /type|title/],
  ])('complains of %s', (_, found, expected) => {
    expect(found.join('; ')).toMatch(expected);
  });
});
