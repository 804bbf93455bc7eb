import type { Handler } from 'aws-lambda';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { type ExpireReturnsDeps, expireReturns } from './application/expire-returns.ts';
import { commandBus, dueReturns } from './composition.ts';

/** Below the time-out of the function: the next run goes on. */
const LONGEST_MS = 20_000;

/** On schedule: lets returns expire that nobody sends. */
export const makeHandler = (deps: ExpireReturnsDeps) =>
  scheduledHandler(() => expireReturns(deps, deps.now() + LONGEST_MS));

export const handler: Handler = makeHandler({ ...commandBus(), due: dueReturns() });
