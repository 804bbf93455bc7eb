import type { Clock } from './contracts.ts';
import { isOutOfRoom } from './storage-failure.ts';

/** How long what could not be stored waits for room on the disk. */
const AGAIN_MS = 1_000;

/**
 * A clock for work that stores something. Nobody waits for that work, so that a full disk would end the process: it is done again
 * until the disk has room. Work that fails has stored nothing, as transactions do.
 */
export const patientClock = (clock: Clock, warn: (message: string) => void): Clock => ({
  now: () => clock.now(),
  at(atMs, action) {
    let isFirst = true;
    const attempt = (): void => {
      try {
        action();
      } catch (error) {
        if (!isOutOfRoom(error)) throw error;
        if (isFirst) warn(`The disk is full, and work that is due waits for room: ${(error as Error).message}`);
        isFirst = false;
        cancel = clock.at(clock.now() + AGAIN_MS, attempt);
      }
    };
    let cancel = clock.at(atMs, attempt);
    return () => cancel();
  },
});

/** The same for work that takes time. It may do twice what it does before it stores something. */
export async function untilThereIsRoom(clock: Clock, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutOfRoom(error)) throw error;
    }
    await new Promise<void>((resolve) => clock.at(clock.now() + AGAIN_MS, resolve));
  }
}
