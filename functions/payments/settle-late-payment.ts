import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type {
  OrderCancelled,
  PaymentNotified,
  RecordedOrderEvent,
  TransferReceived,
} from '../published/order-events.ts';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { PaymentDeps } from './application/ports.ts';
import { type ReturnDeps, returnTransfers } from './application/return-transfers.ts';
import { settleLatePayment } from './application/settle-late-payment.ts';
import { deployedPayments, deployedReturns } from './composition.ts';

interface SettleDeps extends PaymentDeps, ReturnDeps {
  readonly backOff: BackOff;
}

/** Whichever of them comes last. */
const canBeLate = (
  event: RecordedOrderEvent,
): event is RecordedOrderEvent<OrderCancelled | PaymentNotified | TransferReceived> =>
  event.type === 'OrderCancelled' || event.type === 'PaymentNotified' || event.type === 'TransferReceived';

/** Gives back payments that came after their order was cancelled, and transfers that an order does not keep. */
export const makeHandler = ({ backOff, ...deps }: SettleDeps) =>
  eventConsumer({
    log: deps.log,
    backOff,
    isFor: canBeLate,
    handle: async ({ orderId }) => {
      await returnTransfers(deps, orderId);
      await settleLatePayment(deps, orderId);
    },
  });

export const handler: SQSHandler = makeHandler({
  ...deployedPayments(),
  ...deployedReturns(),
  backOff: queueBackOff(readEnvironment(z.object({ RETRY_QUEUE_URL: z.url() })).RETRY_QUEUE_URL),
});
