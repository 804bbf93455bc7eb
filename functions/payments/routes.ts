import type { Route } from '../shared/http/route.ts';

export const askGateway = {
  operationId: 'askGateway',
  method: 'GET',
  path: '/orders/{orderId}/payment/at-gateway',
  function: 'payments/ask-gateway',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'payments'>;

/** The channel's signature over the body is its right to call. */
export const receiveNotification = {
  operationId: 'receiveNotification',
  method: 'POST',
  path: '/payments/notifications/{channel}',
  function: 'payments/receive-notification',
  callers: 'anyone',
} as const satisfies Route<'payments'>;

/** In the order of the API document. */
export const PAYMENTS_ROUTES = [askGateway, receiveNotification] as const satisfies readonly Route<'payments'>[];
