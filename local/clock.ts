import type { Clock } from './contracts.ts';

/** The longest delay of a timer in Node, about 25 days; a longer wait takes several timers. */
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
