import type { SQSHandler } from 'aws-lambda';
import type { OrderCancelled, PaymentNotified, RecordedOrderEvent } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { PaymentDeps } from './application/ports.ts';
import { settleLatePayment } from './application/settle-late-payment.ts';
import { deployedPayments } from './composition.ts';

/** Whichever of the two comes last. */
const canBeLate = (event: RecordedOrderEvent): event is RecordedOrderEvent<OrderCancelled | PaymentNotified> =>
  event.type === 'OrderCancelled' || event.type === 'PaymentNotified';

/** Gives back payments that came after their order was cancelled. */
export const makeHandler = (deps: PaymentDeps) =>
  eventConsumer({ log: deps.log, isFor: canBeLate, handle: ({ orderId }) => settleLatePayment(deps, orderId) });

export const handler: SQSHandler = makeHandler(deployedPayments());
