import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { eraseOldOrders, type OldOrdersDeps } from './application/erase-old-orders.ts';
import { erasingOldOrders } from './composition.ts';

/** Below the function's own timeout. */
const PATIENCE_MS = 20_000;

/** On schedule: the next part of the pass over all orders, for personal data that is kept no longer. */
export const makeHandler = (deps: OldOrdersDeps) =>
  scheduledHandler(async () => {
    const { erased } = await eraseOldOrders(deps, deps.now() + PATIENCE_MS);
    if (erased > 0) logger.info('Personal data was kept for as long as it may be, and is erased.', { erased });
  });

export const handler: Handler = makeHandler(erasingOldOrders());
