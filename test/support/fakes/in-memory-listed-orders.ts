import { isDeepStrictEqual } from 'node:util';
import type { ListedOrders } from '../../../functions/orders/application/ports.ts';
import type { Listed, Relisting } from '../../../functions/orders/domain/lists.ts';
import { nameOfList } from '../../../functions/orders/domain/lists.ts';

/** What orders are recorded with, and the counts that follow. */
export class InMemoryListedOrders implements ListedOrders {
  readonly recorded = new Map<string, Listed>();
  readonly counts = new Map<string, number>();

  async find(orderIds: readonly string[]): Promise<ReadonlyMap<string, Listed>> {
    return new Map([...this.recorded].filter(([orderId]) => orderIds.includes(orderId)));
  }

  async record(relistings: readonly Relisting[]): Promise<readonly string[]> {
    return relistings.flatMap(({ view: { orderId, version }, from, to }) => {
      if (!isDeepStrictEqual(this.recorded.get(orderId), from)) return [orderId];
      this.recorded.set(orderId, { version, lists: to });
      for (const list of from?.lists ?? []) this.#count(nameOfList(list), -1);
      for (const list of to) this.#count(nameOfList(list), 1);
      return [];
    });
  }

  #count(name: string, by: number): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }
}
