import { type Route, route } from '../shared/http/route.ts';

export const checkHealth = route({
  operationId: 'checkHealth',
  method: 'GET',
  path: '/health',
  function: 'operations/check-health',
  callers: 'anyone',
});

export const OPERATIONS_ROUTES = [checkHealth] as const satisfies readonly Route<'operations'>[];
