/** Time that passes only when nothing else is left to do. */
import { VirtualClock } from '../../support/runtime/virtual-clock.ts';

/** Turns of the event loop after which whatever does not wait for time has come to its end. */
const TURNS = 3;

export class VirtualTime {
  readonly clock = new VirtualClock();

  readonly now = (): number => this.clock.now();

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.clock.at(this.now() + ms, resolve);
    });

  /** Lets time pass until `isEnough`, or for so long. Resolves to whether it was enough. */
  async until(isEnough: () => boolean, patienceMs: number): Promise<boolean> {
    const deadline = this.now() + patienceMs;
    for (;;) {
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (isEnough()) return true;
      if (this.now() >= deadline || !this.clock.advanceToNext()) return false;
    }
  }
}
