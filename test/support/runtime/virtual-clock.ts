import type { Clock } from '../../../local/contracts.ts';

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
    // As a timer of 0 ms: soon, but not before the caller has gone on.
    if (atMs <= this.#now) {
      const immediate = setImmediate(action);
      return () => clearImmediate(immediate);
    }
    const alarm = { atMs, action };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** Moves time on and runs what becomes due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.#runNext(end));
    this.#now = end;
  }

  /** Jumps to the next alarm and runs it. Returns false when none is set. */
  advanceToNext(): boolean {
    return this.#runNext(Number.POSITIVE_INFINITY);
  }

  #runNext(latestMs: number): boolean {
    const next = this.#alarms.filter(({ atMs }) => atMs <= latestMs).sort((left, right) => left.atMs - right.atMs)[0];
    if (!next) return false;
    this.#now = Math.max(this.#now, next.atMs);
    this.#alarms = this.#alarms.filter((other) => other !== next);
    next.action();
    return true;
  }
}
