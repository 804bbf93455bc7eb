import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { forwardStepInput, stepHandler } from '../shared/edge/step.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { HttpCarrier } from './adapters/http-carrier.ts';
import { createShipment, type ShippingDeps } from './shipment-steps.ts';

/** Third step of the saga: books the delivery. */
export const makeHandler = (deps: ShippingDeps) => stepHandler({
  input: forwardStepInput,
  run: async (step) => ({ version: await createShipment(deps, step) }),
});

const environment = readEnvironment(z.object({
  ORDER_LOG_TABLE: z.string(),
  CARRIER_URL: z.url(),
  PARTNER_TIMEOUT_MS: z.coerce.number().int().positive().default(2_000),
}));
export const handler: Handler = makeHandler({
  carrier: new HttpCarrier({ baseUrl: environment.CARRIER_URL, timeoutMs: environment.PARTNER_TIMEOUT_MS }),
  log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
});
