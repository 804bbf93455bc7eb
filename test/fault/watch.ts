/** Looks at a platform again and again: what the orders are, and which of them are at rest. */
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { BookedOrder } from './books.ts';
import type { Kind } from './load.ts';
import type { LoadedPlatform } from './platform.ts';
import { isAtRest } from './rest.ts';

const LOOK_EVERY_MS = 500;
/** Nothing is expected of an order that the platform has stored and never acknowledged, but that it comes to rest. */
const UNACKNOWLEDGED: Kind = {
  name: 'not acknowledged',
  weight: 0,
  ends: ['held', 'processing', 'cancelled'],
  reasons: ['payment_declined', 'address_refused', 'out_of_stock'],
};

export class Watch {
  /** By the order's id. */
  readonly kinds = new Map<string, Kind>();
  orders: readonly BookedOrder[] = [];
  readonly #platform: LoadedPlatform;
  readonly #states = new Map<string, ExistingOrder>();
  #running: readonly string[] = [];

  constructor(platform: LoadedPlatform) {
    this.#platform = platform;
  }

  /** The order as it was seen last. */
  state(orderId: string): ExistingOrder | undefined {
    return this.#states.get(orderId);
  }

  /** The orders at which something is still to be done. */
  restless(): BookedOrder[] {
    return this.orders.filter((order) => !isAtRest(order, this.#states.get(order.orderId)!, this.#running));
  }

  /** Looks until `isEnough` after a look, or for so long. */
  async until(isEnough: () => boolean, patienceMs: number): Promise<void> {
    const deadline = this.#platform.now() + patienceMs;
    while (this.#platform.now() < deadline) {
      if ((await this.#look()) && isEnough()) return;
      await this.#platform.sleep(LOOK_EVERY_MS);
    }
  }

  async #look(): Promise<boolean> {
    const sight = await this.#platform.look();
    if (!sight) return false;
    this.#running = sight.running;
    this.orders = sight.streams.map(({ id, events }) => ({
      orderId: id,
      kind: this.kinds.get(id) ?? UNACKNOWLEDGED,
      events,
    }));
    for (const { id, events } of sight.streams) {
      if (this.#states.get(id)?.version !== events.length) this.#states.set(id, fold(events) as ExistingOrder);
    }
    return true;
  }
}
