import type { Route } from '../shared/http/route.ts';
import { changeRequest } from './http/change-request.ts';
import { historyQuery } from './http/history-request.ts';

export const getConfiguration = {
  operationId: 'getConfiguration',
  method: 'GET',
  path: '/configuration',
  function: 'configuration/get-configuration',
  callers: { operators: 'configuration:read' },
} as const satisfies Route<'configuration'>;

export const changeConfiguration = {
  operationId: 'changeConfiguration',
  method: 'PUT',
  path: '/configuration',
  function: 'configuration/change-configuration',
  callers: { operators: 'configuration:write' },
  ifMatch: true,
  body: changeRequest,
} as const satisfies Route<'configuration'>;

export const getConfigurationHistory = {
  operationId: 'getConfigurationHistory',
  method: 'GET',
  path: '/configuration/history',
  function: 'configuration/get-configuration-history',
  callers: { operators: 'configuration:read' },
  query: historyQuery,
} as const satisfies Route<'configuration'>;

export const CONFIGURATION_ROUTES = [
  getConfiguration,
  changeConfiguration,
  getConfigurationHistory,
] as const satisfies readonly Route<'configuration'>[];
