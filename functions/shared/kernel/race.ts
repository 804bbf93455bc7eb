import { ConcurrencyConflict } from './errors.ts';

/** The answer of an attempt when another writer was quicker: nothing was written, and the attempt may be made again. */
export const LOST_RACE = Symbol('lost race');

/** How often a caller that loses a race for the next version of a stream decides again. */
const MAX_RACES = 5;

/**
 * Makes an attempt that reads, decides and writes, again and again until it wins its race. Resolves to what the winning
 * attempt resolves to.
 * @param conflict what to say when every race is lost, for the log
 * @param attempt reads again each time, and resolves to `LOST_RACE` when another writer was quicker; `race` counts from 0
 * @throws ConcurrencyConflict after five lost races, so that the state machine or the client can repeat it later
 */
export async function untilWon<Won>(
  conflict: string,
  attempt: (race: number) => Promise<Won | typeof LOST_RACE>,
): Promise<Won> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const outcome = await attempt(race);
    if (outcome !== LOST_RACE) return outcome;
  }
  throw new ConcurrencyConflict(conflict);
}
