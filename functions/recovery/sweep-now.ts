import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { sweepOrders } from './application/sweep-orders.ts';
import type { SweepDeps } from './application/sweep-ports.ts';
import { sweeping } from './composition.ts';
import { sweepNow } from './routes.ts';

const MOST_ORDERS = 1_000;
/** Below the function's own timeout. */
const PATIENCE_MS = 6_000;

/** `POST /api/v1/sweeps`: the next part of the pass over all orders, at once; for operators. */
export const makeHandler = (deps: SweepDeps) =>
  endpoint(sweepNow, async () => ({
    status: 200,
    body: { ...(await sweepOrders(deps, { orders: MOST_ORDERS, until: deps.now() + PATIENCE_MS })) },
  }));

export const handler: Handler = limited(makeHandler(sweeping()));
