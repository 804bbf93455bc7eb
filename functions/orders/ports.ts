import type { OrderId, Sku } from '../shared/kernel/ids.ts';
import type { Money } from '../shared/kernel/money.ts';
import type { PublishedOrderEvent } from './domain/published.ts';
import type { OrderView } from './domain/order-view.ts';

/** An article as the catalogue lists it. */
export interface Article {
  readonly sku: Sku;
  readonly name: string;
  readonly unitPrice: Money;
}

export interface Catalogue {
  /** The articles of these SKUs, as they are now; SKUs that the catalogue does not list are absent. */
  find(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, Article>>;
}

/** The read model: what clients see of an order, a moment behind the log. */
export interface OrderViews {
  find(orderId: OrderId): Promise<OrderView | undefined>;
  /** Stores the view unless a newer one is there already. */
  save(view: OrderView): Promise<void>;
}

/** Where events become known to everybody. */
export interface EventPublisher {
  /** Publishes in order. Resolves to the events that were not taken, in order; none when all went well. */
  publish(events: readonly PublishedOrderEvent[]): Promise<readonly PublishedOrderEvent[]>;
}

export interface OrderSaga {
  /** Starts the saga of an order; starting it again, even after it ended, does nothing. */
  start(orderId: OrderId, version: number): Promise<void>;
}
