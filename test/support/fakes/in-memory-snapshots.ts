import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { Snapshots } from '../../../functions/shared/event-log/port.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';

/** Snapshots in memory, of orders unless the test says otherwise; they pass the same contract suite as the real ones. */
export class InMemorySnapshots<State extends { readonly version: number } = ExistingOrder, Id extends string = OrderId>
  implements Snapshots<State, Id>
{
  readonly every: number;
  readonly #states = new Map<Id, State>();

  constructor(every = 20) {
    this.every = every;
  }

  async find(id: Id): Promise<State | undefined> {
    return structuredClone(this.#states.get(id));
  }

  async save(id: Id, state: State): Promise<void> {
    const kept = this.#states.get(id);
    if (!kept || kept.version < state.version) this.#states.set(id, structuredClone(state));
  }
}
