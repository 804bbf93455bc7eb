import type { OrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';

/** An event by which an order came to wait for a person; 0.2.0 recorded the second. */
type Parking = Extract<OrderEvent, { readonly type: 'TaskOpened' | 'CompensationParked' }>;
export type ParkingEvent = RecordedOrderEvent<Parking>;

export const isParking = (event: RecordedOrderEvent): event is ParkingEvent =>
  event.type === 'TaskOpened' || event.type === 'CompensationParked';
