import type { OrderId, Sku } from '../shared/kernel/ids.ts';
import type { NewOrderEvent, InventoryReleased, InventoryReserved } from '../shared/kernel/order-events.ts';

/** So many units of one article. */
export interface StockLine {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}

/**
 * What became of an attempt to reserve.
 * - `reserved`: held now, and the event is at `version`
 * - `already-reserved`: held by an earlier attempt
 * - `released`: a release came first; nothing is held, now or ever
 * - `out-of-stock`: nothing is held, because there is too little of `skus`
 * - `version-taken`: nothing happened; the place of the event in the order's stream was taken
 */
export type ReserveOutcome =
  | { readonly kind: 'reserved'; readonly version: number }
  | { readonly kind: 'already-reserved' }
  | { readonly kind: 'released' }
  | { readonly kind: 'out-of-stock'; readonly skus: readonly Sku[] }
  | { readonly kind: 'version-taken' };

export type ReleaseOutcome =
  | { readonly kind: 'released'; readonly version: number }
  | { readonly kind: 'version-taken' };

/** What is known of an order's reservation; `none` before anybody asked. */
export type Reservation =
  | { readonly status: 'none' }
  | { readonly status: 'held'; readonly lines: readonly StockLine[] }
  | { readonly status: 'released' };

export interface Inventory {
  find(orderId: OrderId): Promise<Reservation>;

  /**
   * Takes the lines off the shelf, notes the reservation and appends `event` at `version` of the order's stream: all or
   * nothing. Never oversells, however many reserve at once. @throws ConcurrencyConflict when others held the same items
   */
  reserve(orderId: OrderId, lines: readonly StockLine[], event: NewOrderEvent<InventoryReserved>, version: number): Promise<ReserveOutcome>;

  /** Puts the lines of a held reservation back and appends `event` at `version`: all or nothing. */
  release(orderId: OrderId, lines: readonly StockLine[], event: NewOrderEvent<InventoryReleased>, version: number): Promise<ReleaseOutcome>;

  /**
   * Notes that a reservation which was never made must not be made any more (null-cancel). Resolves to false when one is
   * held by now.
   */
  forbid(orderId: OrderId): Promise<boolean>;
}
