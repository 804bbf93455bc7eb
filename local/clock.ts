import type { Clock } from './contracts.ts';

/** Node's timers count to 2^31 - 1 ms, about 25 days; longer ones are set again and again. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(atMs, action) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = atMs - Date.now();
      timer = setTimeout(() => (left > MAX_DELAY_MS ? arm() : action()), Math.min(Math.max(left, 0), MAX_DELAY_MS));
    };
    arm();
    return () => clearTimeout(timer);
  },
};
