import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { ParcelWatch, WatchedParcels } from '../../../functions/shipping/application/parcel-watch-ports.ts';

export class InMemoryParcelWatch implements ParcelWatch {
  readonly #items = new Map<OrderId, WatchedParcels>();

  async keep(watched: WatchedParcels): Promise<void> {
    this.#items.set(watched.orderId, watched);
  }

  async due(now: number, limit: number): Promise<readonly WatchedParcels[]> {
    return [...this.#items.values()]
      .filter(({ lookAt }) => lookAt <= now)
      .sort((one, other) => one.lookAt - other.lookAt)
      .slice(0, limit);
  }

  async end({ orderId, lookAt }: WatchedParcels): Promise<void> {
    if (this.#items.get(orderId)?.lookAt === lookAt) this.#items.delete(orderId);
  }

  /** For tests. */
  all(): readonly WatchedParcels[] {
    return [...this.#items.values()];
  }
}
