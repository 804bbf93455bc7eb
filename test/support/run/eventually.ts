import { setTimeout as sleep } from 'node:timers/promises';
import { LOOK_EVERY_MS } from '../platform/target.ts';

/** Far longer than anything takes on a busy machine, and shorter than a test may take: it only ends what would never end. */
const PATIENCE_MS = 240_000;

/**
 * Looks until `probe` finds something.
 * @param what the error says that never came about; a function may say what there was instead
 * @throws Error that says what never came about, after some minutes
 */
export async function eventually<Found>(
  what: string | (() => string),
  probe: () => Promise<Found | undefined> | Found | undefined,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<Found> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > deadline) {
      throw new Error(`It never came about in ${PATIENCE_MS / 1_000} s: ${typeof what === 'string' ? what : what()}`);
    }
    await sleep(lookEveryMs);
  }
}

/** Looks until `holds` is true. @throws Error as `eventually` */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  await eventually(what, async () => ((await holds()) ? true : undefined));
}
