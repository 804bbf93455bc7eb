import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { type LookDeps, lookAfterParcels } from './application/look-after-parcels.ts';
import { deployedShipping, deployedWatch, shippingSettings } from './composition.ts';

/** Below the time-out of the function: the next run goes on. */
const LONGEST_MS = 20_000;

/** Asks carriers about parcels of which they tell nothing. */
export const makeHandler = (deps: LookDeps) => scheduledHandler(() => lookAfterParcels(deps, deps.now() + LONGEST_MS));

export const handler = makeHandler({ ...deployedShipping(), ...deployedWatch(), settings: shippingSettings });
