import type { Route } from '../shared/http/route.ts';
import {
  accountsQuery,
  auditRequest,
  breaksQuery,
  correctionRequest,
  entriesQuery,
  reversalRequest,
} from './http/ledger-requests.ts';

export const getOrderBook = {
  operationId: 'getOrderBook',
  method: 'GET',
  path: '/ledger/orders/{orderId}',
  function: 'ledger/get-order-book',
  callers: { operators: 'ledger:read' },
} as const satisfies Route<'ledger'>;

export const reverseEntry = {
  operationId: 'reverseEntry',
  method: 'POST',
  path: '/ledger/orders/{orderId}/reversals',
  function: 'ledger/reverse-entry',
  callers: { operators: 'ledger:correct' },
  idempotency: true,
  body: reversalRequest,
} as const satisfies Route<'ledger'>;

export const postCorrection = {
  operationId: 'postCorrection',
  method: 'POST',
  path: '/ledger/orders/{orderId}/corrections',
  function: 'ledger/post-correction',
  callers: { operators: 'ledger:correct' },
  idempotency: true,
  body: correctionRequest,
} as const satisfies Route<'ledger'>;

export const correctTransfer = {
  operationId: 'correctTransferBook',
  method: 'POST',
  path: '/ledger/transfers/{transferId}/corrections',
  function: 'ledger/correct-transfer',
  callers: { operators: 'ledger:correct' },
  idempotency: true,
  body: correctionRequest,
} as const satisfies Route<'ledger'>;

export const getLedgerDay = {
  operationId: 'getLedgerDay',
  method: 'GET',
  path: '/ledger/days/{day}',
  function: 'ledger/get-ledger-day',
  callers: { operators: 'ledger:read' },
} as const satisfies Route<'ledger'>;

export const listEntries = {
  operationId: 'listEntries',
  method: 'GET',
  path: '/ledger/entries',
  function: 'ledger/list-entries',
  callers: { operators: 'ledger:read' },
  query: entriesQuery,
} as const satisfies Route<'ledger'>;

export const listAccounts = {
  operationId: 'listAccounts',
  method: 'GET',
  path: '/ledger/accounts',
  function: 'ledger/list-accounts',
  callers: { operators: 'ledger:read' },
  query: accountsQuery,
} as const satisfies Route<'ledger'>;

export const listBreaks = {
  operationId: 'listBreaks',
  method: 'GET',
  path: '/ledger/breaks',
  function: 'ledger/list-breaks',
  callers: { operators: 'ledger:read' },
  query: breaksQuery,
} as const satisfies Route<'ledger'>;

export const auditNow = {
  operationId: 'auditNow',
  method: 'POST',
  path: '/ledger/audits',
  function: 'ledger/audit-now',
  callers: { operators: 'ledger:audit' },
  body: auditRequest,
} as const satisfies Route<'ledger'>;

/** In the order of the API document. */
export const LEDGER_ROUTES = [
  getOrderBook,
  reverseEntry,
  postCorrection,
  correctTransfer,
  listAccounts,
  listEntries,
  getLedgerDay,
  listBreaks,
  auditNow,
] as const satisfies readonly Route<'ledger'>[];
