import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { endpoint } from '../shared/edge/endpoint.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { eventBus, stateMachine, tables } from './adapters/aws-dependencies.ts';
import { partner } from './adapters/partner.ts';
import { tokenIssuer } from './adapters/token-issuer.ts';
import { type ProbeDeps, probeAll } from './application/probe-all.ts';
import { summarise } from './domain/health.ts';
import { checkHealth } from './routes.ts';

/** Below the function's own timeout, and within the patience of who asks. */
const PROBE_TIMEOUT_MS = 2_000;

/** Says which of the things that orders need are there: 200 when all are, 503 otherwise. */
export const makeHandler = (deps: ProbeDeps) =>
  endpoint(checkHealth, async () => {
    const health = summarise(await probeAll(deps));
    return { status: health.status === 'ok' ? 200 : 503, body: health };
  });

const name = z.string().check(z.minLength(1));
const environment = readEnvironment(
  z.object({
    ORDER_LOG_TABLE: name,
    ORDER_VIEW_TABLE: name,
    CATALOGUE_TABLE: name,
    INVENTORY_TABLE: name,
    EVENT_BUS_NAME: name,
    ORDER_SAGA_MACHINE_ARN: name,
    PAYMENT_GATEWAY_URL: z.url(),
    CARRIER_URL: z.url(),
    OIDC_ISSUER: z.url(),
  }),
);
export const handler: Handler = makeHandler({
  dependencies: [
    ...tables({
      'order-log': environment.ORDER_LOG_TABLE,
      'order-view': environment.ORDER_VIEW_TABLE,
      catalogue: environment.CATALOGUE_TABLE,
      inventory: environment.INVENTORY_TABLE,
    }),
    eventBus('event-bus', environment.EVENT_BUS_NAME),
    stateMachine('order-saga', environment.ORDER_SAGA_MACHINE_ARN),
    partner('payment-gateway', environment.PAYMENT_GATEWAY_URL),
    partner('carrier', environment.CARRIER_URL),
    tokenIssuer('token-issuer', environment.OIDC_ISSUER),
  ],
  timeoutMs: PROBE_TIMEOUT_MS,
  now: () => performance.now(),
});
