import type { Clock } from '../contracts.ts';

/**
 * A record becomes visible about 4 ms after its write is acknowledged, later under load. Under load, too, each read costs
 * the engine as much as a write: so the first look is late enough to find a few records.
 */
const DELAYS_AFTER_WRITE_MS = [8, 12, 20, 40, 80];
/**
 * After a read that found records more are to be expected: each of them is worth no read, and no invocation, of its own.
 * Lambda itself asks a stream four times a second.
 * See docs/decisions/0130-a-stream-is-read-again-after-50-ms.md.
 */
const DELAY_AFTER_FIND_MS = 50;
/** Finds what was not written through the proxy, such as a deletion by time to live. */
const IDLE_POLL_MS = 1_000;

interface Sleeper {
  readonly wakesOnWrite: boolean;
  readonly wake: () => void;
}

/** Tells the readers of a table's stream when it is worth reading again. */
export class StreamWaiter {
  readonly #clock: Clock;
  readonly #unsubscribe: () => void;
  readonly #sleepers = new Set<Sleeper>();
  #writes = 0;
  #closed = false;

  /** `subscribe` registers what is to be called after every write to the table, and returns what ends that. */
  constructor(clock: Clock, subscribe: (onWrite: () => void) => () => void) {
    this.#clock = clock;
    this.#unsubscribe = subscribe(() => {
      this.#writes += 1;
      for (const sleeper of this.#sleepers) if (sleeper.wakesOnWrite) sleeper.wake();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * For one reader: a function to call after a read that did not fill its page, with whether it found anything. It
   * resolves soon as long as records may still appear, and otherwise with the next write or after a second.
   */
  reader(): (found: boolean) => Promise<void> {
    let seenWrites = this.#writes;
    let step = 0;
    return async (found) => {
      if (found || this.#writes !== seenWrites) step = 0;
      seenWrites = this.#writes;
      await this.#sleep(found ? DELAY_AFTER_FIND_MS : (DELAYS_AFTER_WRITE_MS[step] ?? IDLE_POLL_MS), step > 0);
      step += 1;
      if (this.#writes === seenWrites || step === 1) return;
      // Woken by a write, which cannot be read at once.
      seenWrites = this.#writes;
      step = 1;
      await this.#sleep(DELAYS_AFTER_WRITE_MS[0]!, false);
    };
  }

  /** Resolves after the time, or when this is closed. */
  pause(ms: number): Promise<void> {
    return this.#sleep(ms, false);
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    for (const { wake } of this.#sleepers) wake();
  }

  #sleep(ms: number, wakesOnWrite: boolean): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#sleepers.delete(sleeper);
        resolve();
      };
      const sleeper: Sleeper = { wakesOnWrite, wake };
      const cancel = this.#clock.at(this.#clock.now() + ms, wake);
      this.#sleepers.add(sleeper);
    });
  }
}
