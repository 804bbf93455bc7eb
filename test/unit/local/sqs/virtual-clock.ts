import type { Clock } from '../../../../local/contracts.ts';

interface Alarm {
  readonly atMs: number;
  readonly action: () => void;
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 10, 21);
  #alarms: Alarm[] = [];

  now(): number {
    return this.#now;
  }

  at(atMs: number, action: () => void): () => void {
    const alarm = { atMs, action };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** Moves time on, runs what becomes due in order, and lets the promises it settles run. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#alarms.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.atMs);
      this.#alarms = this.#alarms.filter((other) => other !== next);
      next.action();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** A few turns of the event loop: enough for promises and immediates that time has set off. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
