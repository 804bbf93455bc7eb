import { ROUTES } from '../../../functions/published/routes.ts';
import type { Callers, Route, Scope } from '../../../functions/shared/http/route.ts';

const scopesOf = ({ callers }: Route): Scope[] =>
  callers === 'anyone' || callers.operators === undefined ? [] : [callers.operators];

/** Every scope that a route asks of operators. */
export const SCOPES: readonly Scope[] = [...new Set(ROUTES.flatMap(scopesOf))];

/** A route that only tests know. */
export const routeFor = <const C extends Callers>(callers: C) =>
  ({ operationId: 'testRoute', method: 'GET', path: '/tested', function: 'tests/tested', callers }) as const;

/** A route of a test that admits customers, and operators with any one scope. */
export const TEST_ROUTE = routeFor({ customers: true, operators: 'orders:read' });
