import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { changeStepInput, stepHandler } from '../shared/edge/step.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { restoreAuthorisation } from './change-authorisation.ts';
import type { PaymentDeps } from './payment-steps.ts';

/** Compensation of AdjustAuthorisation: holds no more than the order's total. */
export const makeHandler = (deps: PaymentDeps) => stepHandler({
  input: changeStepInput,
  run: async (step) => ({ version: await restoreAuthorisation(deps, step) }),
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
