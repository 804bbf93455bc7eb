import type { PartnerState, PartnerStore } from '../ports.ts';
import { type Circuit, NEW_CIRCUIT } from './circuit.ts';

/** What is told of a circuit as it happens. */
export interface CircuitObserver {
  /** This function instance has changed the state. */
  readonly changed: (partner: string, state: Circuit['state']) => void;
  /** The store did not answer: this function instance goes on with what it knows. */
  readonly storeUnavailable: (partner: string, cause: unknown) => void;
}

export interface SharedCircuitOptions {
  readonly partner: string;
  readonly store: PartnerStore;
  readonly observer: CircuitObserver;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const NOTHING_KNOWN: PartnerState = { circuit: NEW_CIRCUIT, version: 0, instances: [] };

/**
 * What this function instance knows of a partner, and the changes that it makes to the partner's circuit. No order may be lost
 * because the store is away: then the circuit is this instance's own until the store is back.
 */
export class SharedCircuit {
  readonly #options: SharedCircuitOptions;
  #known = NOTHING_KNOWN;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(options: SharedCircuitOptions) {
    this.#options = options;
  }

  /** What is known of the partner, without a read. */
  get known(): PartnerState {
    return this.#known;
  }

  /** Reads what is known of the partner, unless that is younger than `maxAgeMs`. */
  async refresh(maxAgeMs: number): Promise<void> {
    if (this.#options.now() - this.#readAt >= maxAgeMs) {
      await (this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      }));
    }
  }

  /**
   * Changes the circuit, against the changes of other instances.
   * @param decide the circuit after the change, from the circuit before; the same one or undefined when nothing is to be changed
   * @returns what was decided last; undefined also when other instances were quicker each time
   */
  async change(decide: (circuit: Circuit) => Circuit | undefined, attempts: number): Promise<Circuit | undefined> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { circuit, version } = this.#known;
      const next = decide(circuit);
      if (next === undefined || next === circuit || (await this.#replace(next, version))) return next;
    }
    return undefined;
  }

  async #replace(circuit: Circuit, version: number): Promise<boolean> {
    const { partner, store, observer, now } = this.#options;
    const before = this.#known.circuit.epoch;
    try {
      const replaced = await store.replaceCircuit(partner, circuit, version);
      this.#readAt = now();
      if (!replaced.ok) {
        this.#known = { ...this.#known, ...replaced.refusal };
        return false;
      }
      this.#known = { ...this.#known, circuit, version: replaced.value };
    } catch (cause) {
      observer.storeUnavailable(partner, cause);
      this.#known = { ...this.#known, circuit };
    }
    if (circuit.epoch !== before) observer.changed(partner, circuit.state);
    return true;
  }

  async #read(): Promise<void> {
    const { partner, store, observer, now } = this.#options;
    try {
      this.#known = await store.read(partner);
    } catch (cause) {
      observer.storeUnavailable(partner, cause);
    }
    this.#readAt = now();
  }
}
