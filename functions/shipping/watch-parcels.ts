import type { SQSHandler } from 'aws-lambda';
import type { RecordedOrderEvent, ShipmentHandedOver } from '../published/order-events.ts';
import type { OrderLog } from '../published/order-log.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { type WatchDeps, watchParcels } from './application/watch-parcels.ts';
import { deployedWatch, shippingSettings } from './composition.ts';

const leaves = (event: RecordedOrderEvent): event is RecordedOrderEvent<ShipmentHandedOver> =>
  event.type === 'ShipmentHandedOver';

/** Remembers orders with parcels under way, each once, however often the event comes. */
export const makeHandler = ({ log, ...deps }: WatchDeps & { readonly log: Pick<OrderLog, 'findEvent'> }) =>
  eventConsumer({ log, isFor: leaves, handle: (event) => watchParcels(deps, event) });

export const handler: SQSHandler = makeHandler({ ...deployedWatch(), settings: shippingSettings });
