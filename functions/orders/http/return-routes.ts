/** The endpoints of those who send goods back, and of those who take them. */
import type { CommandRoute } from '../../shared/http/command-route.ts';
import type { Route } from '../../shared/http/route.ts';
import { commented } from './command-requests.ts';
import { returnReceipt, returnRequest } from './return-request.ts';

export const getReturnTerms = {
  operationId: 'getReturnTerms',
  method: 'GET',
  path: '/orders/{orderId}/return-terms',
  function: 'orders/get-return-terms',
  callers: { customers: true, operators: 'orders:read' },
} as const satisfies Route<'orders'>;

export const requestReturn = {
  operationId: 'requestReturn',
  method: 'POST',
  path: '/orders/{orderId}/returns',
  function: 'orders/request-return',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: returnRequest,
  names: 'returnId',
} as const satisfies CommandRoute<'orders'>;

export const receiveReturn = {
  operationId: 'receiveReturn',
  method: 'POST',
  path: '/orders/{orderId}/returns/{returnId}/receive',
  function: 'orders/receive-return',
  callers: { operators: 'orders:refund' },
  idempotency: true,
  ifMatch: true,
  body: returnReceipt,
} as const satisfies CommandRoute<'orders'>;

export const withdrawReturn = {
  operationId: 'withdrawReturn',
  method: 'POST',
  path: '/orders/{orderId}/returns/{returnId}/withdraw',
  function: 'orders/withdraw-return',
  callers: { customers: true, operators: 'orders:fulfil' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'orders'>;
