import type { Route } from '../shared/http/route.ts';
import { decisionRequest, transfersQuery } from './http/transfer-requests.ts';

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

export const listTransfers = {
  operationId: 'listUnmatchedTransfers',
  method: 'GET',
  path: '/payments/transfers',
  function: 'payments/list-transfers',
  callers: { operators: 'orders:recover' },
  query: transfersQuery,
} as const satisfies Route<'payments'>;

export const decideTransfer = {
  operationId: 'decideTransfer',
  method: 'POST',
  path: '/payments/transfers/{transferId}/decision',
  function: 'payments/decide-transfer',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  body: decisionRequest,
} as const satisfies Route<'payments'>;

/** In the order of the API document. */
export const PAYMENTS_ROUTES = [
  askGateway,
  receiveNotification,
  listTransfers,
  decideTransfer,
] as const satisfies readonly Route<'payments'>[];
