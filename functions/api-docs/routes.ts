import { type Route, route } from '../shared/http/route.ts';

export const getDocument = route({
  operationId: 'getDocument',
  method: 'GET',
  path: '/openapi.json',
  function: 'api-docs/get-document',
  callers: 'anyone',
  ifNoneMatch: true,
});

export const getPage = route({
  operationId: 'getPage',
  method: 'GET',
  path: '/docs',
  function: 'api-docs/get-page',
  callers: 'anyone',
  ifNoneMatch: true,
});

export const API_DOCS_ROUTES = [getDocument, getPage] as const satisfies readonly Route<'api-docs'>[];
