import type { IndexedOrder, ProjectedOrders, SearchIndex } from '../../../functions/orders/application/ports.ts';
import type { OrderView } from '../../../functions/orders/domain/order-view.ts';
import type { Term } from '../../../functions/orders/domain/search/terms.ts';

/** View and search entries of one order, as the tables keep them. `before` is awaited before each call takes effect. */
export class InMemoryReadModel {
  view: OrderView | undefined;
  /** The version that each entry was last written with, by the term's kind and text. */
  readonly entries = new Map<string, number>();
  /** The calls that took effect, in order. */
  readonly calls: string[] = [];

  ports(before: () => Promise<void> = async () => {}): {
    readonly views: ProjectedOrders;
    readonly index: SearchIndex;
  } {
    const call = async (name: string) => {
      await before();
      this.calls.push(name);
    };
    return {
      views: {
        current: async () => {
          await call('current');
          return this.view;
        },
        replace: async (view, replaced) => {
          await call('replace');
          if (this.view?.version !== replaced) return false;
          this.view = view;
          return true;
        },
      },
      index: {
        add: async ({ version }: IndexedOrder, terms: readonly Term[]) => {
          await call('add');
          for (const term of terms) this.entries.set(keyOf(term), version);
        },
        remove: async ({ version }: IndexedOrder, terms: readonly Term[]) => {
          await call('remove');
          for (const key of terms.map(keyOf)) {
            if ((this.entries.get(key) ?? version) <= version) this.entries.delete(key);
          }
        },
        find: () => Promise.reject(new Error('A projection finds nothing.')),
      },
    };
  }
}

export const keyOf = ({ kind, text }: Term): string => `${kind} ${text}`;
