import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { queueBackOff, type BackOff } from '../shared/edge/back-off.ts';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { giveBack } from './give-back.ts';
import type { PaymentDeps } from './payment-steps.ts';

const requested = z.object({ refundId: z.uuid() });

interface RefundDeps extends PaymentDeps {
  /** How often a gateway that does nothing is asked before the refund has failed. */
  readonly maxAttempts: number;
  readonly backOff: BackOff;
}

/** Gives money back for each refund that was asked for, once, however often the event comes. */
export const makeHandler = ({ maxAttempts, backOff, ...deps }: RefundDeps) =>
  eventConsumer(({ orderId, data, attempt }) => giveBack(deps, { orderId, refundId: requested.parse(data).refundId, isLastAttempt: attempt >= maxAttempts }), { backOff });

const environment = readEnvironment(z.object({
  ORDER_LOG_TABLE: z.string(),
  PAYMENT_GATEWAY_URL: z.url(),
  REFUND_ATTEMPTS: z.coerce.number().int().positive(),
  RETRY_QUEUE_URL: z.url(),
  PARTNER_TIMEOUT_MS: z.coerce.number().int().positive().default(2_000),
}));
export const handler: SQSHandler = makeHandler({
  gateway: new HttpPaymentGateway({ baseUrl: environment.PAYMENT_GATEWAY_URL, timeoutMs: environment.PARTNER_TIMEOUT_MS }),
  log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
  maxAttempts: environment.REFUND_ATTEMPTS,
  backOff: queueBackOff(environment.RETRY_QUEUE_URL),
});
