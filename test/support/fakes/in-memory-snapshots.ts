import type { Snapshots } from '../../../functions/orders/application/ports.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';

/** Snapshots in memory; it passes the same contract suite as the real ones. */
export class InMemorySnapshots implements Snapshots {
  readonly every: number;
  readonly #orders = new Map<OrderId, ExistingOrder>();

  constructor(every = 20) {
    this.every = every;
  }

  async find(orderId: OrderId): Promise<ExistingOrder | undefined> {
    return structuredClone(this.#orders.get(orderId));
  }

  async save(order: ExistingOrder): Promise<void> {
    const kept = this.#orders.get(order.orderId);
    if (!kept || kept.version < order.version) this.#orders.set(order.orderId, structuredClone(order));
  }
}
