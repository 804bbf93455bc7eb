/** What customers are told of, by the name of the event. */
import type { OrderEvent } from '../../published/order-events.ts';

/** The events that can lead to a message; which of them does, their data says (`messageOf`). */
export const TOLD_TYPES = [
  'OrderCreated',
  'OrderBackordered',
  'UnitsRemoved',
  'PaymentActionRequired',
  'OrderConfirmed',
  'OrderShipped',
  'ShipmentHandedOver',
  'ShipmentTracked',
  'OrderDelivered',
  'OrderCancelled',
  'PaymentRefunded',
  'RefundFailed',
  'ReturnRequested',
  'ReturnReceived',
  'ReturnWithdrawn',
  'ReturnExpired',
] as const satisfies readonly OrderEvent['type'][];

export type ToldType = (typeof TOLD_TYPES)[number];

export const isTold = (type: string): type is ToldType => TOLD_TYPES.some((told) => told === type);

/** The id of what a customer is told about an event of their order: they sort by time, and the same event is told once. */
export const notificationIdOf = ({
  occurredAt,
  eventId,
}: {
  readonly occurredAt: string;
  readonly eventId: string;
}): string => `${occurredAt}#${eventId}`;
