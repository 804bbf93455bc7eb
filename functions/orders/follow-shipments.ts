import type { SQSHandler } from 'aws-lambda';
import type { RecordedOrderEvent, ShipmentDelivered, ShipmentTracked } from '../published/order-events.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { shipmentMonitor } from './adapters/shipment-monitor.ts';
import { type FollowDeps, followShipment } from './application/follow-shipment.ts';
import { commandBus } from './composition.ts';

const isReport = (event: RecordedOrderEvent): event is RecordedOrderEvent<ShipmentTracked | ShipmentDelivered> =>
  event.type === 'ShipmentTracked' || event.type === 'ShipmentDelivered';

/** Moves orders on as is told of their parcels, once, however often the event comes. */
export const makeHandler = (deps: FollowDeps) =>
  eventConsumer({ log: deps.log, isFor: isReport, handle: (event) => followShipment(deps, event) });

export const handler: SQSHandler = makeHandler({
  ...commandBus(),
  shipmentMonitor,
  settings: async () => (await configurationSource().current()).recovery,
});
