import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { type AdvanceErasuresDeps, advanceErasures } from './application/advance-erasures.ts';
import { erasing } from './composition.ts';

/** Below the function's own timeout, by what is left to do then. */
const PATIENCE_MS = 200_000;

/** On schedule: goes on with the erasures that are under way. */
export const makeHandler = (deps: AdvanceErasuresDeps) =>
  scheduledHandler(async () => {
    const { looked, done } = await advanceErasures(deps, deps.now() + PATIENCE_MS);
    if (looked > 0) logger.info('Erasures went on.', { looked, done });
  });

export const handler: Handler = makeHandler(erasing());
