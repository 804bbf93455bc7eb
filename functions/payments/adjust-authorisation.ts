import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { changeStepInput, stepHandler } from '../shared/edge/step.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { adjustAuthorisation } from './change-authorisation.ts';
import type { PaymentDeps } from './payment-steps.ts';

/** First step of a change of items: holds enough money for the new total. */
export const makeHandler = (deps: PaymentDeps) => stepHandler({
  input: changeStepInput,
  run: async (step) => ({ version: await adjustAuthorisation(deps, step) }),
});

const environment = readEnvironment(z.object({
  ORDER_LOG_TABLE: z.string(),
  PAYMENT_GATEWAY_URL: z.url(),
  PARTNER_TIMEOUT_MS: z.coerce.number().int().positive().default(2_000),
}));
export const handler: Handler = makeHandler({
  gateway: new HttpPaymentGateway({ baseUrl: environment.PAYMENT_GATEWAY_URL, timeoutMs: environment.PARTNER_TIMEOUT_MS }),
  log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
});
