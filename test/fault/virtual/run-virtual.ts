import type { Case } from '../cases.ts';
import type { Outcome } from '../outcome.ts';
import { type Load, runCase } from '../run-case.ts';
import { VirtualPlatform } from './platform.ts';

/** Hundreds of orders in a minute of margin and the outage. */
const MARGIN_SECONDS = 30;
const ORDERS = 300;

/** Runs a case on a platform of its own, in memory: an outage of ten minutes takes some seconds. */
export async function runVirtualCase(given: Case, seed: number, orders = ORDERS): Promise<Outcome> {
  const platform = new VirtualPlatform(seed);
  const load: Load = {
    marginSeconds: MARGIN_SECONDS,
    perSecond: orders / (given.seconds + 2 * MARGIN_SECONDS),
  };
  let end: PromiseSettledResult<Outcome> | undefined;
  const settled = Promise.allSettled([runCase(platform, given, load, seed)]).then(([result]) => {
    end = result;
  });
  if (!(await platform.time.until(() => end !== undefined, Number.POSITIVE_INFINITY))) {
    throw new Error('The case has not ended, and waits for nothing.');
  }
  await settled;
  if (end?.status === 'fulfilled') return end.value;
  throw end?.reason;
}
