import { type Route, route } from '../shared/http/route.ts';
import {
  addressChange,
  commented,
  itemsChange,
  nothing,
  refundRequest,
  returnRequest,
} from './http/command-requests.ts';
import { historyQuery } from './http/history-request.ts';
import { listQuery } from './http/list-request.ts';
import { orderRequest } from './http/order-request.ts';
import { searchQuery } from './http/search-request.ts';

export const createOrder = route({
  operationId: 'createOrder',
  method: 'POST',
  path: '/orders',
  function: 'orders/create-order',
  callers: { customers: true },
  idempotency: true,
  body: orderRequest,
});

export const getOrder = route({
  operationId: 'getOrder',
  method: 'GET',
  path: '/orders/{orderId}',
  function: 'orders/get-order',
  callers: { customers: true, operators: 'orders:read' },
});

export const getOrderHistory = route({
  operationId: 'getOrderHistory',
  method: 'GET',
  path: '/orders/{orderId}/history',
  function: 'orders/get-order-history',
  callers: { customers: true, operators: 'orders:read' },
  query: historyQuery,
});

export const listOrders = route({
  operationId: 'listOrders',
  method: 'GET',
  path: '/orders/customer/{customerId}',
  function: 'orders/list-orders',
  callers: { customers: true, operators: 'orders:read' },
  query: listQuery,
});

export const searchOrders = route({
  operationId: 'searchOrders',
  method: 'GET',
  path: '/orders/search',
  function: 'orders/search-orders',
  callers: { operators: 'orders:read' },
  query: searchQuery,
});

export const cancelOrder = route({
  operationId: 'cancelOrder',
  method: 'POST',
  path: '/orders/{orderId}/cancel',
  function: 'orders/request-cancellation',
  callers: { customers: true, operators: 'orders:refund' },
  idempotency: true,
  ifMatch: true,
  body: commented,
});

export const changeShippingAddress = route({
  operationId: 'changeShippingAddress',
  method: 'PUT',
  path: '/orders/{orderId}/shipping-address',
  function: 'orders/change-shipping-address',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: addressChange,
});

export const changeItems = route({
  operationId: 'changeItems',
  method: 'PUT',
  path: '/orders/{orderId}/items',
  function: 'orders/change-items',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: itemsChange,
});

export const approveOrder = route({
  operationId: 'approveOrder',
  method: 'POST',
  path: '/orders/{orderId}/approve',
  function: 'orders/approve-order',
  callers: { operators: 'orders:approve' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
});

export const rejectOrder = route({
  operationId: 'rejectOrder',
  method: 'POST',
  path: '/orders/{orderId}/reject',
  function: 'orders/reject-order',
  callers: { operators: 'orders:approve' },
  idempotency: true,
  ifMatch: true,
  body: commented,
});

export const shipOrder = route({
  operationId: 'shipOrder',
  method: 'POST',
  path: '/orders/{orderId}/ship',
  function: 'orders/ship-order',
  callers: { operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
});

export const deliverOrder = route({
  operationId: 'deliverOrder',
  method: 'POST',
  path: '/orders/{orderId}/deliver',
  function: 'orders/deliver-order',
  callers: { operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
});

export const refundOrder = route({
  operationId: 'refundOrder',
  method: 'POST',
  path: '/orders/{orderId}/refunds',
  function: 'orders/refund-order',
  callers: { operators: 'orders:refund' },
  idempotency: true,
  ifMatch: true,
  body: refundRequest,
});

export const requestReturn = route({
  operationId: 'requestReturn',
  method: 'POST',
  path: '/orders/{orderId}/returns',
  function: 'orders/request-return',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: returnRequest,
});

export const receiveReturn = route({
  operationId: 'receiveReturn',
  method: 'POST',
  path: '/orders/{orderId}/returns/{returnId}/receive',
  function: 'orders/receive-return',
  callers: { operators: 'orders:refund' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
});

export const getMetrics = route({
  operationId: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  function: 'orders/get-metrics',
  callers: { operators: 'orders:read' },
});

/** In the order of the API document. */
export const ORDER_ROUTES = [
  createOrder,
  getOrder,
  getOrderHistory,
  listOrders,
  searchOrders,
  cancelOrder,
  changeShippingAddress,
  changeItems,
  approveOrder,
  rejectOrder,
  shipOrder,
  deliverOrder,
  refundOrder,
  requestReturn,
  receiveReturn,
  getMetrics,
] as const satisfies readonly Route<'orders'>[];
