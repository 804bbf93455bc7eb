import type { SQSHandler } from 'aws-lambda';
import type { RecordedOrderEvent, ShipmentTracked } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { shipmentMonitor } from './adapters/shipment-monitor.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import { followShipment, type ShipmentMonitor } from './application/follow-shipment.ts';
import { commandBus } from './composition.ts';

const isReport = (event: RecordedOrderEvent): event is RecordedOrderEvent<ShipmentTracked> =>
  event.type === 'ShipmentTracked';

/** Moves orders on as their carriers tell, once, however often the event comes. */
export const makeHandler = (deps: CommandBusDeps & { readonly shipmentMonitor: ShipmentMonitor }) =>
  eventConsumer({ log: deps.log, isFor: isReport, handle: (event) => followShipment(deps, event) });

export const handler: SQSHandler = makeHandler({ ...commandBus(), shipmentMonitor });
