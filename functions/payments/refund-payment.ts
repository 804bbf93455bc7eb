import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import type { PaymentDeps } from './application/ports.ts';
import { refundPayment } from './application/refund.ts';
import { deployedPayments } from './composition.ts';

const requested = z.object({ refundId: z.uuid() });

interface RefundDeps extends PaymentDeps {
  /** How often the gateway is asked before the refund has failed. */
  readonly maxAttempts: number;
  readonly backOff: BackOff;
}

/** Makes each requested refund once, however often the event comes. */
export const makeHandler = ({ maxAttempts, backOff, ...deps }: RefundDeps) =>
  eventConsumer(
    ({ orderId, data, attempt }) =>
      refundPayment(deps, { orderId, refundId: requested.parse(data).refundId, isLastAttempt: attempt >= maxAttempts }),
    { backOff },
  );

const environment = readEnvironment(
  z.object({
    REFUND_ATTEMPTS: z.coerce.number().int().positive(),
    RETRY_QUEUE_URL: z.url(),
  }),
);
export const handler: SQSHandler = makeHandler({
  ...deployedPayments(),
  maxAttempts: environment.REFUND_ATTEMPTS,
  backOff: queueBackOff(environment.RETRY_QUEUE_URL),
});
