import type { Instance } from '../instance.ts';
import type { Balancing, Choice, Feedback } from '../ports.ts';
import { CallRecords } from './call-records.ts';
import { STRATEGIES } from './strategies.ts';

export interface BalancerOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Prefers, of the instances that are up, those that this function instance had no trouble with, and chooses one by the strategy. */
export class Balancer implements Balancing {
  readonly #options: BalancerOptions;
  readonly #records = new CallRecords();
  #turn: number;

  constructor(options: BalancerOptions) {
    this.#options = options;
    // Function instances do not all begin with the same instance of the partner.
    this.#turn = Math.floor(options.random() * 1_000);
  }

  choose(instances: readonly Instance[], { strategy, affinity, tried }: Choice): Instance | undefined {
    const candidates = this.#candidates(instances, tried);
    if (candidates.length === 0) return undefined;
    this.#turn += 1;
    const draw = { random: this.#options.random(), turn: this.#turn, affinity };
    const { instance } = STRATEGIES[strategy](candidates, draw);
    this.#records.started(instance.id);
    return instance;
  }

  note({ id }: Instance, feedback: Feedback): void {
    this.#records.ended(id, feedback, this.#options.now());
  }

  /** Without those that this call has tried or that just failed, as long as there are others. */
  #candidates(instances: readonly Instance[], tried: ReadonlySet<string>) {
    const now = this.#options.now();
    const untried = preferably(
      instances.filter(({ status }) => status === 'up'),
      ({ id }) => !tried.has(id),
    );
    return preferably(untried, ({ id }) => !this.#records.isFailing(id, now))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map((instance) => this.#records.candidate(instance));
  }
}

function preferably<Item>(items: readonly Item[], isGood: (item: Item) => boolean): readonly Item[] {
  const good = items.filter(isGood);
  return good.length > 0 ? good : items;
}
