import type { SQSHandler } from 'aws-lambda';
import type { OrderDelivered, OrderShipped, RecordedOrderEvent } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { confirmReservation } from './application/confirm.ts';
import type { InventoryDeps } from './application/ports.ts';
import { deployedInventory } from './composition.ts';

/** A parcel that has arrived has left before: the reservation of an order that was shipped by an earlier release is confirmed then. */
const saysThatGoodsLeft = (event: RecordedOrderEvent): event is RecordedOrderEvent<OrderShipped | OrderDelivered> =>
  event.type === 'OrderShipped' || event.type === 'OrderDelivered';

/** Makes a sale of each order's reservation once its goods have left, however often the event comes. */
export const makeHandler = (deps: InventoryDeps) =>
  eventConsumer({
    log: deps.log,
    isFor: saysThatGoodsLeft,
    handle: (event) => confirmReservation(deps, event),
  });

export const handler: SQSHandler = makeHandler(deployedInventory());
