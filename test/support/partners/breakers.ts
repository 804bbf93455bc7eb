import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { BreakerPolicy } from '../../../functions/shared/outbound/circuit/circuit.ts';
import { CircuitBreaker } from '../../../functions/shared/outbound/circuit/circuit-breaker.ts';
import { SharedCircuit } from '../../../functions/shared/outbound/circuit/shared-circuit.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';

export interface BreakersOptions {
  readonly instances: number;
  readonly policy?: Partial<BreakerPolicy>;
  /** @default one second */
  readonly maxAgeMs?: number;
  /** @default enough for any race of a test */
  readonly races?: number;
}

/** The breakers of one partner as several function instances have them, on one store and one clock that only the test advances. */
export class Breakers {
  /** Changes of state, as the instances that made them say. */
  readonly changes: string[] = [];
  /** How often an instance found the store away. */
  storeFailures = 0;
  now = Date.UTC(2026, 10, 26);
  readonly all: readonly number[];
  readonly #store: PartnerStore;
  readonly #partner: string;
  readonly #breakers: readonly CircuitBreaker[];
  readonly #settings;
  #calls = 0;

  constructor(
    store: PartnerStore,
    partner: string,
    { instances, policy, maxAgeMs = 1_000, races = 50 }: BreakersOptions,
  ) {
    this.#store = store;
    this.#partner = partner;
    this.#settings = { policy: { ...DEFAULT_CONFIGURATION.breaker, ...policy }, maxAgeMs, races };
    this.all = Array.from({ length: instances }, (_, index) => index);
    const now = () => this.now;
    const observer = {
      changed: (_: string, state: string) => void this.changes.push(state),
      storeUnavailable: () => void (this.storeFailures += 1),
    };
    this.#breakers = this.all.map(() => {
      const shared = new SharedCircuit({ partner, store, observer, now });
      return new CircuitBreaker({ partner, shared, now });
    });
  }

  /** @param made resolves to whether the partner did its part @throws CircuitOpen */
  call(instance: number, made: () => Promise<boolean>): Promise<boolean> {
    return this.#breakers[instance]!.run(`call-${(this.#calls += 1)}`, this.#settings, made, (ok) => ok);
  }

  succeed(instance: number): Promise<boolean> {
    return this.call(instance, async () => true);
  }

  fail(instance: number): Promise<boolean> {
    return this.call(instance, async () => false);
  }

  pass(ms: number): void {
    this.now += ms;
  }

  stored() {
    return this.#store.read(this.#partner);
  }
}
