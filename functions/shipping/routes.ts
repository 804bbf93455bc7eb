import type { Route } from '../shared/http/route.ts';

export const askCarrier = {
  operationId: 'askCarrier',
  method: 'GET',
  path: '/orders/{orderId}/shipment/at-carrier',
  function: 'shipping/ask-carrier',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'shipping'>;

export const receiveTracking = {
  operationId: 'receiveTracking',
  method: 'POST',
  path: '/shipping/notifications/{carrier}',
  function: 'shipping/receive-tracking',
  callers: 'anyone',
} as const satisfies Route<'shipping'>;

/** In the order of the API document. */
export const SHIPPING_API_ROUTES = [askCarrier, receiveTracking] as const satisfies readonly Route<'shipping'>[];
