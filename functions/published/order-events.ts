/** The published language: every event that the stream of an order can hold, joined from the contexts that record them. */
import { INVENTORY_UPCASTERS, type InventoryEvent } from '../inventory/domain/events.ts';
import { ORDER_DECISION_UPCASTERS, type OrderDecision } from '../orders/domain/events.ts';
import { PAYMENT_UPCASTERS, type PaymentEvent } from '../payments/domain/events.ts';
import { RECOVERY_UPCASTERS, type RecoveryEvent } from '../recovery/domain/events.ts';
import type { NewEvent, RecordedEvent, Upcasters } from '../shared/kernel/events.ts';
import type { OrderId } from '../shared/kernel/ids.ts';
import { SHIPMENT_UPCASTERS, type ShipmentEvent } from '../shipping/domain/events.ts';

export type * from '../inventory/domain/events.ts';
export * from '../orders/domain/event-data.ts';
export type * from '../orders/domain/events.ts';
export type * from '../payments/domain/events.ts';
export * from '../recovery/domain/event-data.ts';
export type * from '../recovery/domain/events.ts';
export type * from '../shipping/domain/events.ts';

export type OrderEvent = OrderDecision | InventoryEvent | PaymentEvent | ShipmentEvent | RecoveryEvent;
export type OrderEventType = OrderEvent['type'];

/** An event before the log gives it a version. */
export type NewOrderEvent<E extends OrderEvent = OrderEvent> = NewEvent<E>;

/** An event as the order's stream holds it. */
export type RecordedOrderEvent<E extends OrderEvent = OrderEvent> = RecordedEvent<E, 'orderId', OrderId>;

export const ORDER_UPCASTERS: Upcasters<OrderEvent> = {
  ...ORDER_DECISION_UPCASTERS,
  ...INVENTORY_UPCASTERS,
  ...PAYMENT_UPCASTERS,
  ...SHIPMENT_UPCASTERS,
  ...RECOVERY_UPCASTERS,
};
