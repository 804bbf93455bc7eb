/** Every table of the app, joined from the rooms that own them. */
import { INVENTORY_TABLES } from '../../../functions/inventory/adapters/tables.ts';
import { NOTIFICATION_TABLES } from '../../../functions/notifications/adapters/tables.ts';
import { ORDER_TABLES } from '../../../functions/orders/adapters/tables.ts';
import { ORDER_LOG_TABLES } from '../../../functions/published/order-log-tables.ts';
import { IDEMPOTENCY_TABLES } from '../../../functions/shared/edge/tables.ts';
import { RATE_LIMIT_TABLES } from '../../../functions/shared/rate-limit/tables.ts';

export const TABLES = {
  ...ORDER_LOG_TABLES,
  ...ORDER_TABLES,
  ...INVENTORY_TABLES,
  ...NOTIFICATION_TABLES,
  ...IDEMPOTENCY_TABLES,
  ...RATE_LIMIT_TABLES,
} as const;
