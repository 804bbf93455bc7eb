import * as z from 'zod';
import { documentClient } from '../../shared/edge/document-client.ts';
import { readEnvironment } from '../../shared/edge/environment.ts';
import { partnerEnvironment } from '../../shared/edge/partner-http.ts';
import { DynamoDbOrderLog } from '../../shared/order-log/dynamodb-order-log.ts';
import type { PaymentDeps } from '../payment-steps.ts';
import { HttpPaymentGateway } from './http-payment-gateway.ts';

/** What the environment of a function that deals with payments tells. */
export const paymentEnvironment = {
  ORDER_LOG_TABLE: z.string(),
  PAYMENT_GATEWAY_URL: z.url(),
  ...partnerEnvironment,
};

/** What the functions that deal with payments stand on when they are deployed. */
export const deployedPayments = (
  environment: z.output<z.ZodObject<typeof paymentEnvironment>> = readEnvironment(z.object(paymentEnvironment)),
): PaymentDeps => ({
  gateway: new HttpPaymentGateway({
    baseUrl: environment.PAYMENT_GATEWAY_URL,
    timeoutMs: environment.PARTNER_TIMEOUT_MS,
  }),
  log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
});
