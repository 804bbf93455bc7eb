import type { Route } from '../shared/http/route.ts';
import { letterQuery, reasoned, resendRequest } from './http/letter-requests.ts';

export const listDeadLetters = {
  operationId: 'listDeadLetters',
  method: 'GET',
  path: '/dead-letters',
  function: 'dead-letters/list-dead-letters',
  callers: { operators: 'orders:read' },
  query: letterQuery,
} as const satisfies Route<'dead-letters'>;

export const getDeadLetter = {
  operationId: 'getDeadLetter',
  method: 'GET',
  path: '/dead-letters/{letterId}',
  function: 'dead-letters/get-dead-letter',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'dead-letters'>;

export const resendDeadLetter = {
  operationId: 'resendDeadLetter',
  method: 'POST',
  path: '/dead-letters/{letterId}/resend',
  function: 'dead-letters/resend-dead-letter',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  body: reasoned,
} as const satisfies Route<'dead-letters'>;

export const dismissDeadLetter = {
  operationId: 'dismissDeadLetter',
  method: 'POST',
  path: '/dead-letters/{letterId}/dismiss',
  function: 'dead-letters/dismiss-dead-letter',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  body: reasoned,
} as const satisfies Route<'dead-letters'>;

export const resendDeadLetters = {
  operationId: 'resendDeadLetters',
  method: 'POST',
  path: '/dead-letters/resend',
  function: 'dead-letters/resend-dead-letters',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  body: resendRequest,
} as const satisfies Route<'dead-letters'>;

/** In the order of the API document. */
export const DEAD_LETTER_ROUTES = [
  listDeadLetters,
  getDeadLetter,
  resendDeadLetter,
  dismissDeadLetter,
  resendDeadLetters,
] as const satisfies readonly Route<'dead-letters'>[];
