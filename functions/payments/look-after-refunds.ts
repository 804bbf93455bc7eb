import { configurationSource } from '../shared/configuration/deployed.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { type LookDeps, lookAfterRefunds } from './application/look-after-refunds.ts';
import { deployedPayments, refundWatch } from './composition.ts';

/** Below the time-out of the function: the next run goes on. */
const LONGEST_MS = 20_000;

/** Asks channels about refunds of which they tell nothing. */
export const makeHandler = (deps: LookDeps) => scheduledHandler(() => lookAfterRefunds(deps, deps.now() + LONGEST_MS));

export const handler = makeHandler({
  ...deployedPayments(),
  watch: refundWatch(),
  settings: async () => (await configurationSource().current()).recovery,
});
