/** The endpoints of those who send parcels. */
import type { CommandRoute } from '../../shared/http/command-route.ts';
import type { Route } from '../../shared/http/route.ts';
import { nothing } from './command-requests.ts';
import { parcelsQuery } from './parcels-request.ts';

export const listParcels = {
  operationId: 'listParcels',
  method: 'GET',
  path: '/parcels',
  function: 'orders/list-parcels',
  callers: { operators: 'orders:fulfil' },
  ifNoneMatch: true,
  query: parcelsQuery,
} as const satisfies Route<'orders'>;

export const shipOrder = {
  operationId: 'shipOrder',
  method: 'POST',
  path: '/orders/{orderId}/ship',
  function: 'orders/ship-order',
  callers: { operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'orders'>;

export const deliverOrder = {
  operationId: 'deliverOrder',
  method: 'POST',
  path: '/orders/{orderId}/deliver',
  function: 'orders/deliver-order',
  callers: { operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'orders'>;

export const handOverShipment = {
  operationId: 'handOverShipment',
  method: 'POST',
  path: '/orders/{orderId}/shipments/{shipmentId}/hand-over',
  function: 'orders/hand-over-shipment',
  callers: { operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'orders'>;

export const deliverShipment = {
  operationId: 'deliverShipment',
  method: 'POST',
  path: '/orders/{orderId}/shipments/{shipmentId}/deliver',
  function: 'orders/deliver-shipment',
  callers: { operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'orders'>;
