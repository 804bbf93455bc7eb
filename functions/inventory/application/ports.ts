import type {
  InventoryReleased,
  InventoryReserved,
  NewOrderEvent,
  ReservationConfirmed,
} from '../../published/order-events.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import type { UnitsAt } from '../../shared/kernel/location.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { Leaving } from '../domain/leaving.ts';
import type { Sources } from '../domain/sources.ts';
import type { HeldLine, Shortage, StockLine } from '../domain/stock-line.ts';

/**
 * The result of a reservation.
 * - `reserved`: reserved now, and the event is in the order's stream
 * - `already-reserved`: reserved by an earlier attempt
 * - `released`: a release came first, or an earlier attempt found too little of the articles in `short`; nothing is reserved, now or ever
 * - `out-of-stock`: nothing is reserved, because there is too little of the articles that are `short`
 * - `version-taken`: nothing happened; the place of the event in the order's stream was taken
 */
export type ReserveOutcome =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'already-reserved' }
  | { readonly kind: 'released'; readonly short?: readonly Sku[] }
  | { readonly kind: 'out-of-stock'; readonly short: readonly Shortage[] }
  | { readonly kind: 'version-taken' };

export type ReleaseOutcome = { readonly kind: 'released' } | { readonly kind: 'version-taken' };

/**
 * The result of a confirmation; nothing happened unless it is `confirmed`.
 * - `other-reservation`: the order has another reservation than the caller expects
 * - `version-taken`: the place of the event in the order's stream was taken
 */
export type ConfirmOutcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'other-reservation' }
  | { readonly kind: 'version-taken' };

/** What leaves of a reservation. */
export interface LeavingParcel extends Leaving {
  /** As it was read. */
  readonly of: Extract<Reservation, { readonly status: 'held' }>;
}

/** What an order wants. */
export interface Wanted {
  /** Each of another article. */
  readonly lines: readonly StockLine[];
  readonly sources: Sources;
}

/** From the lines that are reserved to the lines that are to be reserved instead. */
export interface ReservationChange {
  readonly from: readonly HeldLine[];
  readonly to: readonly StockLine[];
  /** Of what is wanted beside the rest. */
  readonly sources: Sources;
}

/** Makes an event of where the lines of the reservation are. */
export type EventOf<Made extends NewOrderEvent> = (lines: readonly UnitsAt[]) => Made;

/**
 * The result of an adjustment; nothing happened unless it is `adjusted`.
 * - `adjusted`: the new lines are reserved now, and the event is in the order's stream
 * - `out-of-stock`: there is too little of `skus`
 * - `too-many-articles`: more articles change than one transaction takes (`MAX_CHANGED_ARTICLES`)
 * - `other-reservation`: the order has another reservation than the caller expects, or none
 * - `version-taken`: the place of the event in the order's stream was taken
 */
export type AdjustOutcome =
  | { readonly kind: 'adjusted' }
  | { readonly kind: 'out-of-stock'; readonly skus: readonly Sku[] }
  | { readonly kind: 'too-many-articles' }
  | { readonly kind: 'other-reservation' }
  | { readonly kind: 'version-taken' };

/** A transaction has at most 100 items: the articles that change, the reservation and the event. */
export const MAX_CHANGED_ARTICLES = 98;

/** Where an order waits for goods. */
export interface BackorderPlace {
  /** An article of which there is too little; there may be others. */
  readonly awaits: Sku;
  /** ISO 8601, UTC: the oldest order comes first. */
  readonly orderedAt: string;
}

/**
 * What is known of an order's reservation (try, confirm, cancel).
 * - `none`: before the first attempt to reserve or to release
 * - `backordered`: nothing is kept yet; the order waits for goods
 * - `held`: the units are kept for the order
 * - `confirmed`: they have left, and are sold
 * - `released`: nothing is kept for the order, and nothing ever will be; `short` are the articles of which there was too little, if that is why
 */
export type Reservation =
  | { readonly status: 'none' }
  | ({ readonly status: 'backordered' } & BackorderPlace)
  | {
      readonly status: 'held';
      readonly lines: readonly HeldLine[];
      /** What was reserved beside them, and is sold: it has left with earlier parcels. @default nothing */
      readonly left?: readonly HeldLine[];
      /** When it expires, unless the order is paid: ISO 8601, UTC. @default never */
      readonly expiresAt?: string;
    }
  | { readonly status: 'confirmed'; readonly lines: readonly HeldLine[] }
  | { readonly status: 'released'; readonly short?: readonly Sku[] };

export interface Inventory {
  find(orderId: OrderId): Promise<Reservation>;

  /**
   * Moves the stock of the lines to reserved at locations that it chooses (`allocate`), stores the reservation and appends `event` at `version`
   * of the order's stream: all or nothing. Never oversells, however many reserve at once. @throws ConcurrencyConflict when other
   * transactions kept changing the same stock
   */
  reserve(
    orderId: OrderId,
    wanted: Wanted,
    event: EventOf<NewOrderEvent<InventoryReserved>>,
    version: number,
  ): Promise<ReserveOutcome>;

  /**
   * Adjusts a reservation of exactly `from` to one of `to`, moves the stock that makes the difference and appends
   * `event` at `version`: all or nothing. Never oversells. @throws ConcurrencyConflict when other transactions kept
   * changing the same stock
   */
  adjust(
    orderId: OrderId,
    change: ReservationChange,
    event: EventOf<NewOrderEvent>,
    version: number,
  ): Promise<AdjustOutcome>;

  /** Releases the lines of a reservation, where they are, and appends `event` at `version`: all or nothing. */
  release(
    orderId: OrderId,
    lines: readonly HeldLine[],
    event: NewOrderEvent<InventoryReleased>,
    version: number,
  ): Promise<ReleaseOutcome>;

  /**
   * Makes sales of lines of a reservation and appends `event` at `version`: all or nothing. It stays held while anything is left of it. @throws ConcurrencyConflict when other
   * transactions kept changing the same stock
   */
  confirm(
    orderId: OrderId,
    parcel: LeavingParcel,
    event: NewOrderEvent<ReservationConfirmed>,
    version: number,
  ): Promise<ConfirmOutcome>;

  /**
   * Has the order wait for goods, in place of where it waited before. Resolves to false when there is a reservation by now, or it was
   * released.
   */
  backorder(orderId: OrderId, place: BackorderPlace): Promise<boolean>;

  /**
   * Leaves a tombstone: a reservation that was never made must not be made any more. Resolves to false when there is
   * one by now.
   * @param short the articles of which there is too little, for whoever asks again. @default the reservation is not wanted any more
   */
  forbid(orderId: OrderId, short?: readonly Sku[]): Promise<boolean>;
}

export interface WaitingBackorder {
  readonly orderId: OrderId;
  readonly orderedAt: string;
}

/** The orders that wait for goods. */
export interface Backorders {
  /** Those that wait for the article, the oldest first; it may be a second behind. At most `limit`, those after `after`. */
  page(sku: Sku, limit: number, after?: WaitingBackorder): Promise<readonly WaitingBackorder[]>;
  /** The articles that orders wait for, each once; it may be a second behind. */
  articles(): Promise<readonly Sku[]>;
}

/** What the use cases of inventory need. */
export interface InventoryDeps extends StepDeps {
  readonly inventory: Inventory;
}
