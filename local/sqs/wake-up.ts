import type { Clock } from '../contracts.ts';

/** Tells the receivers of one queue that messages may be there, so that none of them has to poll. */
export class WakeUp {
  readonly #clock: Clock;
  readonly #nextVisible: (now: number) => number | undefined;
  readonly #listeners = new Set<() => void>();
  #alarm: { readonly at: number; readonly cancel: () => void } | undefined;

  /** @param nextVisible when the next invisible message of the queue becomes visible. */
  constructor(clock: Clock, nextVisible: (now: number) => number | undefined) {
    this.#clock = clock;
    this.#nextVisible = nextVisible;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Messages are visible from `at` on. */
  visibleFrom(at: number): void {
    if (at <= this.#clock.now()) return this.#ring();
    if (this.#alarm !== undefined && this.#alarm.at <= at) return;
    this.#alarm?.cancel();
    this.#alarm = { at, cancel: this.#clock.at(at, () => this.#due()) };
  }

  /** Arms the alarm for what the store already holds. */
  rearm(): void {
    const next = this.#nextVisible(this.#clock.now());
    if (next !== undefined) this.visibleFrom(next);
  }

  close(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#listeners.clear();
  }

  #due(): void {
    this.#alarm = undefined;
    this.rearm();
    this.#ring();
  }

  #ring(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
