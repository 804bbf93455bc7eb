/** The endpoints that find orders. */
import type { Route } from '../../shared/http/route.ts';
import { browseQuery } from './browse-request.ts';
import { listQuery } from './list-request.ts';
import { searchQuery } from './search-request.ts';

export const listOrders = {
  operationId: 'listOrders',
  method: 'GET',
  path: '/orders/customer/{customerId}',
  function: 'orders/list-orders',
  callers: { customers: true, operators: 'orders:read' },
  ifNoneMatch: true,
  query: listQuery,
} as const satisfies Route<'orders'>;

export const searchOrders = {
  operationId: 'searchOrders',
  method: 'GET',
  path: '/orders/search',
  function: 'orders/search-orders',
  callers: { operators: 'orders:read' },
  ifNoneMatch: true,
  query: searchQuery,
} as const satisfies Route<'orders'>;

export const browseOrders = {
  operationId: 'browseOrders',
  method: 'GET',
  path: '/orders',
  function: 'orders/browse-orders',
  callers: { operators: 'orders:read' },
  ifNoneMatch: true,
  query: browseQuery,
} as const satisfies Route<'orders'>;

export const countOrders = {
  operationId: 'countOrders',
  method: 'GET',
  path: '/orders/counts',
  function: 'orders/count-orders',
  callers: { operators: 'orders:read' },
  ifNoneMatch: true,
} as const satisfies Route<'orders'>;
