import { INVENTORY_MEANINGS } from '../inventory/domain/events.ts';
import { ORDER_DECISION_MEANINGS, RETURN_MEANINGS } from '../orders/domain/events.ts';
import { PAYMENT_MEANINGS } from '../payments/domain/events.ts';
import { RECOVERY_MEANINGS } from '../recovery/domain/events.ts';
import { SHIPMENT_MEANINGS } from '../shipping/domain/events.ts';
import type { OrderEventType } from './order-events.ts';

/** Every event of orders in a few words, for documents. */
export const ORDER_EVENT_MEANINGS: Readonly<Record<OrderEventType, string>> = {
  ...ORDER_DECISION_MEANINGS,
  ...RETURN_MEANINGS,
  ...INVENTORY_MEANINGS,
  ...PAYMENT_MEANINGS,
  ...SHIPMENT_MEANINGS,
  ...RECOVERY_MEANINGS,
};
