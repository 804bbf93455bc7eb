import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { sweepOrders } from './application/sweep-orders.ts';
import type { SweepDeps } from './application/sweep-ports.ts';
import { sweeping } from './composition.ts';

const MOST_ORDERS = 5_000;
/** Below the function's own timeout. */
const PATIENCE_MS = 20_000;

/** On schedule: the next part of the pass over all orders, for those without progress that no event told of. */
export const makeHandler = (deps: SweepDeps) =>
  scheduledHandler(async () => {
    const { checked, findings, complete } = await sweepOrders(deps, {
      orders: MOST_ORDERS,
      until: deps.now() + PATIENCE_MS,
    });
    logger.info('Orders were swept.', { checked, findings: findings.length, complete });
  });

export const handler: Handler = makeHandler(sweeping());
