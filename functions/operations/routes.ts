import type { Route } from '../shared/http/route.ts';

export const checkHealth = {
  operationId: 'checkHealth',
  method: 'GET',
  path: '/health',
  function: 'operations/check-health',
  callers: 'anyone',
} as const satisfies Route<'operations'>;

export const checkDependencies = {
  operationId: 'checkDependencies',
  method: 'GET',
  path: '/health/dependencies',
  function: 'operations/check-dependencies',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'operations'>;

export const listAlarms = {
  operationId: 'listAlarms',
  method: 'GET',
  path: '/alarms',
  function: 'operations/list-alarms',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'operations'>;

export const OPERATIONS_ROUTES = [
  checkHealth,
  checkDependencies,
  listAlarms,
] as const satisfies readonly Route<'operations'>[];
