import { API_DOCS_ROUTES } from '../api-docs/routes.ts';
import { CONFIGURATION_ROUTES } from '../configuration/routes.ts';
import { DEAD_LETTER_ROUTES } from '../dead-letters/routes.ts';
import { INVENTORY_ROUTES } from '../inventory/routes.ts';
import { LEDGER_ROUTES } from '../ledger/routes.ts';
import { NOTIFICATION_ROUTES } from '../notifications/routes.ts';
import { OPERATIONS_ROUTES } from '../operations/routes.ts';
import {
  BROWSING_ROUTES,
  FULFILMENT_ROUTES,
  ORDER_ROUTES,
  PERSONAL_DATA_ROUTES,
  RETURN_ROUTES,
} from '../orders/routes.ts';
import { PARTNER_ROUTES } from '../partners/routes.ts';
import { PAYMENTS_ROUTES } from '../payments/routes.ts';
import { EXECUTION_ROUTES, RECOVERY_ROUTES, sweepNow } from '../recovery/routes.ts';
import type { Route } from '../shared/http/route.ts';
import { SHIPPING_API_ROUTES } from '../shipping/routes.ts';

/** Every endpoint of the API, in the order of its document. */
export const ROUTES = [
  ...ORDER_ROUTES,
  ...FULFILMENT_ROUTES,
  ...RETURN_ROUTES,
  ...BROWSING_ROUTES,
  ...PERSONAL_DATA_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...INVENTORY_ROUTES,
  ...RECOVERY_ROUTES,
  ...EXECUTION_ROUTES,
  sweepNow,
  ...DEAD_LETTER_ROUTES,
  ...PAYMENTS_ROUTES,
  ...SHIPPING_API_ROUTES,
  ...LEDGER_ROUTES,
  ...PARTNER_ROUTES,
  ...OPERATIONS_ROUTES,
  ...CONFIGURATION_ROUTES,
  ...API_DOCS_ROUTES,
] as const;

/** Everything that an operator can be allowed, in the order of the alphabet. */
export const OPERATOR_SCOPES: readonly string[] = [
  ...new Set(ROUTES.flatMap(({ callers }: Route) => (callers === 'anyone' ? [] : (callers.operators ?? [])))),
].sort();
