import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { eraseOldOrders, type OldOrdersDeps } from './application/erase-old-orders.ts';
import { erasingOldOrders } from './composition.ts';

/** Below the function's own timeout, by what is left to do then. */
const PATIENCE_MS = 200_000;

/** On schedule: erases personal data that is kept no longer, the oldest first. */
export const makeHandler = (deps: OldOrdersDeps) =>
  scheduledHandler(async () => {
    const { erased } = await eraseOldOrders(deps, deps.now() + PATIENCE_MS);
    if (erased > 0) logger.info('Personal data was kept for as long as it may be, and is erased.', { erased });
  });

export const handler: Handler = makeHandler(erasingOldOrders());
