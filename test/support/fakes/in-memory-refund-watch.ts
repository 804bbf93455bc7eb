import type { RefundWatch, WatchedRefunds } from '../../../functions/payments/application/refund-watch-ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';

export class InMemoryRefundWatch implements RefundWatch {
  readonly #items = new Map<OrderId, WatchedRefunds & { readonly lookAt: number }>();

  async keep(watched: WatchedRefunds, lookAt: number): Promise<void> {
    const known = this.#items.get(watched.orderId);
    if (known === undefined || known.since <= watched.since) this.#items.set(watched.orderId, { ...watched, lookAt });
  }

  async due(now: number, limit: number): Promise<readonly WatchedRefunds[]> {
    return [...this.#items.values()]
      .filter(({ lookAt }) => lookAt <= now)
      .sort((one, other) => one.lookAt - other.lookAt)
      .slice(0, limit)
      .map(({ orderId, since }) => ({ orderId, since }));
  }

  async end({ orderId, since }: WatchedRefunds): Promise<void> {
    if (this.#items.get(orderId)?.since === since) this.#items.delete(orderId);
  }
}
