import * as z from 'zod';
import { ORDER } from '../published/order-log.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { partnerEnvironment } from '../shared/outbound/partner-http.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { PAYMENT_GATEWAY } from './adapters/partner.ts';
import type { PaymentDeps } from './application/ports.ts';

/** What the environment of a function that deals with payments says. */
export const paymentEnvironment = {
  [EVENT_LOG_TABLES.orderLog.variable]: z.string(),
  [PAYMENT_GATEWAY.variable]: z.url(),
  ...partnerEnvironment,
};

/** The dependencies of the functions that deal with payments, as they are deployed. */
export const deployedPayments = (
  environment: z.output<z.ZodObject<typeof paymentEnvironment>> = readEnvironment(z.object(paymentEnvironment)),
): PaymentDeps => ({
  gateway: new HttpPaymentGateway({
    baseUrl: environment.PAYMENT_GATEWAY_URL,
    timeoutMs: environment.PARTNER_TIMEOUT_MS,
  }),
  log: new DynamoDbEventLog(ORDER, documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
});
