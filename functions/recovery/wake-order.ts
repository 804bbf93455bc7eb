import type { SQSHandler } from 'aws-lambda';
import type { OrderEventType, RecordedOrderEvent } from '../published/order-events.ts';
import type { OrderLog } from '../published/order-log.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { type WakeDeps, wakeOrder } from './application/wake-order.ts';
import { waking } from './composition.ts';

interface WakerDeps extends WakeDeps {
  readonly log: Pick<OrderLog, 'findEvent'>;
}

const WAKE: readonly OrderEventType[] = [
  'CancellationRequested',
  'OrderCancelled',
  'PaymentNotified',
  'TransferReceived',
  'InventoryReserved',
  'ItemsChanged',
  'ItemsChangeRefused',
  'TaskResumed',
  'TaskResolved',
];
const wakes = (event: RecordedOrderEvent): event is RecordedOrderEvent => WAKE.includes(event.type);

/** Lets an order go on at once when an event has changed what it waits for. */
export const makeHandler = (deps: WakerDeps) =>
  eventConsumer({ log: deps.log, isFor: wakes, handle: (event) => wakeOrder(deps, event.orderId, event) });

export const handler: SQSHandler = makeHandler(waking());
