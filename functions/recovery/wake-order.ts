import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type { OrderEventType, RecordedOrderEvent } from '../published/order-events.ts';
import type { OrderLog } from '../published/order-log.ts';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { type WakeDeps, wakeOrder } from './application/wake-order.ts';
import { waking } from './composition.ts';

interface WakerDeps extends WakeDeps {
  readonly log: Pick<OrderLog, 'findEvent'>;
  readonly backOff: BackOff;
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
export const makeHandler = ({ backOff, ...deps }: WakerDeps) =>
  eventConsumer({ log: deps.log, backOff, isFor: wakes, handle: (event) => wakeOrder(deps, event.orderId, event) });

export const handler: SQSHandler = makeHandler({
  ...waking(),
  backOff: queueBackOff(readEnvironment(z.object({ RETRY_QUEUE_URL: z.url() })).RETRY_QUEUE_URL),
});
