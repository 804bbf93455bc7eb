import type { SQSHandler } from 'aws-lambda';
import type {
  OrderDelivered,
  OrderShipped,
  RecordedOrderEvent,
  ShipmentHandedOver,
} from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { confirmReservation } from './application/confirm.ts';
import type { InventoryDeps } from './application/ports.ts';
import { deployedInventory } from './composition.ts';

/** Releases of before there were several shipments only say that the order was shipped. What has arrived has left before. */
const saysThatGoodsLeft = (
  event: RecordedOrderEvent,
): event is RecordedOrderEvent<ShipmentHandedOver | OrderShipped | OrderDelivered> =>
  event.type === 'ShipmentHandedOver' || event.type === 'OrderShipped' || event.type === 'OrderDelivered';

/** Makes a sale of what has left of each order's reservation, however often the event comes. */
export const makeHandler = (deps: InventoryDeps) =>
  eventConsumer({
    log: deps.log,
    isFor: saysThatGoodsLeft,
    handle: (event) => confirmReservation(deps, event),
  });

export const handler: SQSHandler = makeHandler(deployedInventory());
