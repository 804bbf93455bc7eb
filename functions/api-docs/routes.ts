import type { Route } from '../shared/http/route.ts';

export const getDocument = {
  operationId: 'getDocument',
  method: 'GET',
  path: '/openapi.json',
  function: 'api-docs/get-document',
  callers: 'anyone',
  ifNoneMatch: true,
} as const satisfies Route<'api-docs'>;

export const getPage = {
  operationId: 'getPage',
  method: 'GET',
  path: '/docs',
  function: 'api-docs/get-page',
  callers: 'anyone',
  ifNoneMatch: true,
} as const satisfies Route<'api-docs'>;

export const API_DOCS_ROUTES = [getDocument, getPage] as const satisfies readonly Route<'api-docs'>[];
