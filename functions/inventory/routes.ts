import type { Route } from '../shared/http/route.ts';
import {
  availabilityRequest,
  limitsRequest,
  movementRequest,
  stockHistoryQuery,
  stockListQuery,
} from './http/stock-requests.ts';

export const checkAvailability = {
  operationId: 'checkAvailability',
  method: 'POST',
  path: '/availability',
  function: 'inventory/check-availability',
  callers: { customers: true, operators: 'stock:read' },
  body: availabilityRequest,
} as const satisfies Route<'inventory'>;

export const getStock = {
  operationId: 'getStock',
  method: 'GET',
  path: '/stock/{sku}',
  function: 'inventory/get-stock',
  callers: { operators: 'stock:read' },
} as const satisfies Route<'inventory'>;

export const listStock = {
  operationId: 'listStock',
  method: 'GET',
  path: '/stock',
  function: 'inventory/list-stock',
  callers: { operators: 'stock:read' },
  query: stockListQuery,
} as const satisfies Route<'inventory'>;

export const getStockHistory = {
  operationId: 'getStockHistory',
  method: 'GET',
  path: '/stock/{sku}/history',
  function: 'inventory/get-stock-history',
  callers: { operators: 'stock:read' },
  query: stockHistoryQuery,
} as const satisfies Route<'inventory'>;

export const moveStock = {
  operationId: 'moveStock',
  method: 'POST',
  path: '/stock/{sku}/movements',
  function: 'inventory/move-stock',
  callers: { operators: 'stock:write' },
  idempotency: true,
  body: movementRequest,
} as const satisfies Route<'inventory'>;

export const setStockLimits = {
  operationId: 'setStockLimits',
  method: 'PUT',
  path: '/stock/{sku}/limits',
  function: 'inventory/set-stock-limits',
  callers: { operators: 'stock:write' },
  idempotency: true,
  body: limitsRequest,
} as const satisfies Route<'inventory'>;

export const INVENTORY_ROUTES = [
  checkAvailability,
  getStock,
  listStock,
  getStockHistory,
  moveStock,
  setStockLimits,
] as const satisfies readonly Route<'inventory'>[];
