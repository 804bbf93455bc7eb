import * as z from 'zod';
import type { CommandRoute } from '../shared/http/command-route.ts';
import type { Route } from '../shared/http/route.ts';
import { commented, nothing } from './http/command-requests.ts';
import { browseOrders, countOrders, listOrders, searchOrders } from './http/finding-routes.ts';
import { deliverOrder, deliverShipment, handOverShipment, listParcels, shipOrder } from './http/fulfilment-routes.ts';
import { historyQuery } from './http/history-request.ts';
import { discountCodes, items, orderRequest, shippingAddress } from './http/order-request.ts';
import { erasureRequest, personalDataQuery } from './http/personal-data-request.ts';
import { refundRequest } from './http/refund-request.ts';
import { getReturnTerms, receiveReturn, requestReturn, withdrawReturn } from './http/return-routes.ts';

export {
  browseOrders,
  countOrders,
  deliverOrder,
  deliverShipment,
  getReturnTerms,
  handOverShipment,
  listOrders,
  listParcels,
  receiveReturn,
  requestReturn,
  searchOrders,
  shipOrder,
  withdrawReturn,
};

export const createOrder = {
  operationId: 'createOrder',
  method: 'POST',
  path: '/orders',
  function: 'orders/create-order',
  callers: { customers: true },
  idempotency: 'by-id',
  body: orderRequest,
} as const satisfies Route<'orders'>;

export const getOrder = {
  operationId: 'getOrder',
  method: 'GET',
  path: '/orders/{orderId}',
  function: 'orders/get-order',
  callers: { customers: true, operators: 'orders:read' },
  ifNoneMatch: true,
} as const satisfies Route<'orders'>;

export const getOrderHistory = {
  operationId: 'getOrderHistory',
  method: 'GET',
  path: '/orders/{orderId}/history',
  function: 'orders/get-order-history',
  callers: { customers: true, operators: 'orders:read' },
  ifNoneMatch: true,
  query: historyQuery,
} as const satisfies Route<'orders'>;

export const cancelOrder = {
  operationId: 'cancelOrder',
  method: 'POST',
  path: '/orders/{orderId}/cancel',
  function: 'orders/request-cancellation',
  callers: { customers: true, operators: 'orders:refund' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'orders'>;

export const changeShippingAddress = {
  operationId: 'changeShippingAddress',
  method: 'PUT',
  path: '/orders/{orderId}/shipping-address',
  function: 'orders/change-shipping-address',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: z.strictObject({ shippingAddress }),
} as const satisfies CommandRoute<'orders'>;

export const changeItems = {
  operationId: 'changeItems',
  method: 'PUT',
  path: '/orders/{orderId}/items',
  function: 'orders/change-items',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  // Without `discountCodes`, those of the order are kept.
  body: z.strictObject({ items, discountCodes: discountCodes.exactOptional() }),
  names: 'changeId',
} as const satisfies CommandRoute<'orders'>;

export const approveOrder = {
  operationId: 'approveOrder',
  method: 'POST',
  path: '/orders/{orderId}/approve',
  function: 'orders/approve-order',
  callers: { operators: 'orders:approve' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'orders'>;

export const rejectOrder = {
  operationId: 'rejectOrder',
  method: 'POST',
  path: '/orders/{orderId}/reject',
  function: 'orders/reject-order',
  callers: { operators: 'orders:approve' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'orders'>;

export const refundOrder = {
  operationId: 'refundOrder',
  method: 'POST',
  path: '/orders/{orderId}/refunds',
  function: 'orders/refund-order',
  callers: { operators: 'orders:refund' },
  idempotency: true,
  ifMatch: true,
  body: refundRequest,
  names: 'refundId',
} as const satisfies CommandRoute<'orders'>;

export const getMetrics = {
  operationId: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  function: 'orders/get-metrics',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'orders'>;

export const getPersonalData = {
  operationId: 'getPersonalData',
  method: 'GET',
  path: '/customers/{customerId}/personal-data',
  function: 'orders/get-personal-data',
  callers: { customers: true, operators: 'privacy:read' },
  query: personalDataQuery,
} as const satisfies Route<'orders'>;

export const requestErasure = {
  operationId: 'requestErasure',
  method: 'POST',
  path: '/customers/{customerId}/erasures',
  function: 'orders/request-erasure',
  callers: { customers: true, operators: 'privacy:erase' },
  idempotency: 'by-id',
  body: erasureRequest,
} as const satisfies Route<'orders'>;

export const getErasure = {
  operationId: 'getErasure',
  method: 'GET',
  path: '/customers/{customerId}/erasures/{erasureId}',
  function: 'orders/get-erasure',
  callers: { customers: true, operators: 'privacy:read' },
} as const satisfies Route<'orders'>;

/** All orders, for those who look after them; in a stack of its own. */
export const BROWSING_ROUTES = [browseOrders, countOrders, listParcels] as const satisfies readonly Route<'orders'>[];

/** Parcels, one by one; in a stack of their own. */
export const FULFILMENT_ROUTES = [handOverShipment, deliverShipment] as const satisfies readonly Route<'orders'>[];

/** What a return gives back; in the stack of parcels. */
export const RETURN_ROUTES = [getReturnTerms] as const satisfies readonly Route<'orders'>[];

/** What persons may ask for; in a stack of its own. */
export const PERSONAL_DATA_ROUTES = [
  getPersonalData,
  requestErasure,
  getErasure,
] as const satisfies readonly Route<'orders'>[];

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
  withdrawReturn,
  getMetrics,
] as const satisfies readonly Route<'orders'>[];
