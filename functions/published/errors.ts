/** Every error that leaves a function, by name, joined from the folders that throw them. */
import { INVENTORY_ERRORS } from '../inventory/domain/errors.ts';
import { LEDGER_ERRORS } from '../ledger/domain/errors.ts';
import { ORDER_ERRORS } from '../orders/domain/errors.ts';
import { PARTNER_ERRORS } from '../partners/domain/errors.ts';
import { PAYMENT_ERRORS } from '../payments/domain/errors.ts';
import { RECOVERY_ERRORS } from '../recovery/domain/errors.ts';
import { EVENT_LOG_ERRORS } from '../shared/event-log/errors.ts';
import { KERNEL_ERRORS } from '../shared/kernel/errors.ts';
import { OUTBOUND_ERRORS } from '../shared/outbound/errors.ts';
import { RATE_LIMIT_ERRORS } from '../shared/rate-limit/errors.ts';
import { SAGA_STEP_ERRORS } from '../shared/saga-step/errors.ts';
import { SHIPPING_ERRORS } from '../shipping/domain/errors.ts';

export const ERRORS = {
  ...ORDER_ERRORS,
  ...INVENTORY_ERRORS,
  ...PAYMENT_ERRORS,
  ...SHIPPING_ERRORS,
  ...PARTNER_ERRORS,
  ...RECOVERY_ERRORS,
  ...LEDGER_ERRORS,
  ...SAGA_STEP_ERRORS,
  ...EVENT_LOG_ERRORS,
  ...RATE_LIMIT_ERRORS,
  ...OUTBOUND_ERRORS,
  ...KERNEL_ERRORS,
};
export type ErrorName = keyof typeof ERRORS;
