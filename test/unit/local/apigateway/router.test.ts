import { describe, expect, test } from 'vitest';
import type { MethodDefinition } from '../../../../local/apigateway/api-definition.ts';
import { Router } from '../../../../local/apigateway/router.ts';

const integration = { type: 'MOCK', statusCode: 200 } as const;
const method = (resourceId: string, httpMethod = 'GET'): MethodDefinition => ({ resourceId, httpMethod, integration });

const router = new Router({
  rootResourceId: 'root',
  // Children before their parents: templates have no order.
  resources: [
    { id: 'history', parentId: 'order', pathPart: 'history' },
    { id: 'order', parentId: 'orders', pathPart: '{orderId}' },
    { id: 'search', parentId: 'orders', pathPart: 'search' },
    { id: 'orders', parentId: 'root', pathPart: 'orders' },
    { id: 'files', parentId: 'root', pathPart: 'files' },
    { id: 'rest', parentId: 'files', pathPart: '{path+}' },
    { id: 'static', parentId: 'files', pathPart: 'static' },
  ],
  methods: [
    method('root'),
    method('orders', 'POST'),
    method('order'),
    method('search'),
    method('history'),
    method('rest', 'ANY'),
    method('static', 'POST'),
  ],
});

const matched = (path: string, httpMethod = 'GET'): unknown => {
  const match = router.match(httpMethod, path);
  return match && [match.resourcePath, match.pathParameters];
};

test.each([
  ['/', ['/', {}]],
  ['/orders/o-1', ['/orders/{orderId}', { orderId: 'o-1' }]],
  ['/orders/o-1/', ['/orders/{orderId}', { orderId: 'o-1' }]],
  ['/orders/a%2Fb', ['/orders/{orderId}', { orderId: 'a%2Fb' }]],
  ['/orders/search', ['/orders/search', {}]],
  ['/orders/o-1/history', ['/orders/{orderId}/history', { orderId: 'o-1' }]],
  ['/orders/search/history', ['/orders/{orderId}/history', { orderId: 'search' }]],
  ['/files/a/b/c', ['/files/{path+}', { path: 'a/b/c' }]],
  ['/files/static', ['/files/{path+}', { path: 'static' }]],
])('GET %s is for %j', (path, expected) => {
  expect(matched(path)).toEqual(expected);
});

test.each([
  '/orders',
  '/orders//history',
  '/files',
  '/nowhere',
  '//',
  '',
  'orders/o-1',
  '*',
  '/constructor',
  '/orders/o-1/__proto__',
])('GET %j is for nothing', (path) => {
  expect(matched(path)).toBeUndefined();
});

test('a method of its own goes before ANY', () => {
  expect(matched('/files/static', 'POST')).toEqual(['/files/static', {}]);
  expect(matched('/files/static', 'DELETE')).toEqual(['/files/{path+}', { path: 'static' }]);
});

describe('a definition that does not fit together is refused', () => {
  test('a resource without a parent', () => {
    expect(
      () =>
        new Router({ rootResourceId: 'root', resources: [{ id: 'a', parentId: 'b', pathPart: 'lost' }], methods: [] }),
    ).toThrow('lost');
  });

  test('a method of an unknown resource', () => {
    expect(() => new Router({ rootResourceId: 'root', resources: [], methods: [method('ghost')] })).toThrow('ghost');
  });
});
