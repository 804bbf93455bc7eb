import { useSyncExternalStore } from 'react';

/** Whether the API answers, as the last answers of all queries tell. */
class Availability {
  #away = false;
  readonly #listeners = new Set<() => void>();

  get away(): boolean {
    return this.#away;
  }

  report(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const availability = new Availability();

export const useIsAway = (): boolean => useSyncExternalStore(availability.subscribe, () => availability.away);
