/** Thrown in a branch that is stopped from outside, whatever it was doing; it is not a failure of a state. */
export class Halted extends Error {
  override readonly name = 'Halted';
}

/** Ends the waits of a whole execution, or of one Parallel or Map state of it. */
export class StopSignal {
  readonly #listeners = new Set<() => void>();
  #stopped = false;

  get stopped(): boolean {
    return this.#stopped;
  }

  /** A signal that stops with this one, or alone. Once its work is done, `release` lets this one forget it. */
  child(): { readonly signal: StopSignal; readonly release: () => void } {
    const signal = new StopSignal();
    return { signal, release: this.onStop(() => signal.stop()) };
  }

  /** Calls every listener, once. */
  stop(): void {
    this.#stopped = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** Registers what gives up a wait; returns what takes it back. */
  onStop(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @throws Halted when it was stopped */
  check(): void {
    if (this.#stopped) throw new Halted();
  }
}
