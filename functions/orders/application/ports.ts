import type { CancellationReason } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { Consistency, Snapshots } from '../../shared/event-log/port.ts';
import type { CustomerId, OrderId, Sku } from '../../shared/kernel/ids.ts';
import type { Currency, Money } from '../../shared/kernel/money.ts';
import type { Counts, IndexTerm, Listed, ListTerm, Relisting } from '../domain/lists.ts';
import type { OrderSummary } from '../domain/order-summary.ts';
import type { OrderView } from '../domain/order-view.ts';
import type { Promotion } from '../domain/pricing/promotion.ts';
import type { Progress, ProjectionName, ProjectionState, Rebuild } from '../domain/projections.ts';
import type { Term } from '../domain/search/terms.ts';
import type { ExistingOrder } from '../domain/state.ts';

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

export interface Promotions {
  /**
   * The promotions of these codes, active or not; codes without a promotion are absent.
   * @throws BrokenPromotion when the record of one of them is none
   */
  find(codes: readonly string[]): Promise<ReadonlyMap<string, Promotion>>;
}

/** The read model: the orders as lists and searches show them, a moment behind the log. */
export interface OrderViews {
  /** The views of these orders, at most 100; orders without one are absent. */
  findMany(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderView>>;
}

/** The read model as its projection writes it. */
export interface ProjectedOrders {
  /** The view as the last finished `replace` left it. */
  current(orderId: string): Promise<OrderView | undefined>;
  /**
   * Stores the view if the one that is there still has the version `replaced` (undefined: if there is none). Resolves to
   * whether it was stored.
   */
  replace(view: OrderView, replaced: number | undefined): Promise<boolean>;
}

/** The read model as a rebuild writes it. */
export interface RestoredOrders {
  /** Stores the view unless a newer one is there; one of the same version is overwritten. */
  restore(view: OrderView): Promise<void>;
}

/** An order as the search index knows it. */
export type IndexedOrder = Pick<OrderView, 'orderId' | 'createdAt' | 'version'>;

/** The terms that orders are found by. It may hold terms that an order no longer has: a search checks what it finds against the view. */
export interface SearchIndex {
  /** Enters an order under these terms; a repetition changes nothing but the version. */
  add(order: IndexedOrder, terms: readonly IndexTerm[]): Promise<void>;
  /** Deletes terms, unless a newer version of the order was entered under them since. */
  remove(order: IndexedOrder, terms: readonly IndexTerm[]): Promise<void>;
  /**
   * At most `limit` entries under terms of the kind that begin with `beginning.text`: the exact term first, then in the order
   * of terms; of one term the newest order first.
   * @param after the place of the last entry of the page before
   */
  find(
    beginning: Term,
    limit: number,
    after?: string,
  ): Promise<{ readonly entries: readonly IndexEntry[]; readonly more: boolean }>;
}

/** The whole search index, for cleaning it. */
export interface AllIndexEntries {
  /** Every entry, of terms and of lists, at most 100 at a time. */
  readAll(): AsyncIterable<readonly IndexEntry<IndexTerm>[]>;
}

export interface IndexEntry<Of extends IndexTerm = Term> {
  readonly term: Of;
  readonly orderId: string;
  /** The position of this entry among those that begin alike; it begins with the term's text. */
  readonly place: string;
}

/** Where a page ends: the last order on it. */
export interface PlaceInList {
  /** When that order was created: ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  readonly orderId: string;
}

export interface Page<Item, Place> {
  readonly items: readonly Item[];
  /** The position of the next page; absent at the end. A page can be short, or empty, and yet not be the last. */
  readonly next?: Place;
}

export interface TimesOfOrders {
  /** Created at this moment or later: ISO 8601, UTC, milliseconds. */
  readonly from?: string | undefined;
  /** Created at this moment or earlier. */
  readonly to?: string | undefined;
}

export interface CustomerOrdersQuery extends TimesOfOrders {
  readonly customerId: CustomerId;
  readonly status?: OrderSummary['status'] | undefined;
}

/** By when orders were placed. */
export type Sequence = 'newest first' | 'oldest first';

/** The lists of orders as operators read them. */
export interface OrderLists {
  /**
   * The orders of a list, in parts of any length. Some may not be on it any more: their views tell.
   * @param after within the times
   * @param sequence newest first by default
   */
  read(
    list: ListTerm,
    times: TimesOfOrders,
    after?: PlaceInList,
    sequence?: Sequence,
  ): AsyncIterable<readonly PlaceInList[]>;
  /** How many orders are on each list, a second or two behind. */
  counts(): Promise<Counts>;
}

/** Which orders are recorded on which lists, and the counts that follow from it. */
export interface ListedOrders {
  find(orderIds: readonly string[], consistency: Consistency): Promise<ReadonlyMap<string, Listed>>;
  /** Records the orders and counts them, each unless it is recorded otherwise than `from` says. Resolves to the ids of those that are. */
  record(relistings: readonly Relisting[]): Promise<readonly string[]>;
}

/** The orders of one customer in the read model, newest first. */
export interface CustomerOrders {
  /** At most `limit` orders after the place `after`, which must be within the query's times; from the newest on without it. */
  page(query: CustomerOrdersQuery, limit: number, after?: PlaceInList): Promise<Page<OrderSummary, PlaceInList>>;
}

/** Orders as they were at some version. */
export type OrderSnapshots = Snapshots<ExistingOrder, OrderId>;

/** The recorded progress of the projections. */
export interface ProjectionStates {
  find(name: ProjectionName): Promise<ProjectionState>;
  noteProgress(name: ProjectionName, progress: Progress): Promise<void>;
  noteRebuild(name: ProjectionName, rebuild: Rebuild): Promise<void>;
}

/** Shows operators how the projections are doing. */
export interface ProjectionMonitor {
  /**
   * @param lagMs from the oldest event of a batch to its projection, in milliseconds
   * @param at when the batch was projected, in milliseconds since the epoch
   */
  lagged(name: ProjectionName, lagMs: number, at: number): void;
  /** The progress of a batch could not be recorded. */
  lostProgress(name: ProjectionName, error: unknown): void;
}

/** By currency, in minor units. */
export type Amounts = ReadonlyMap<Currency, number>;

/** What is counted of the events of orders. */
export interface OrderFigures {
  readonly placed: number;
  readonly confirmed: number;
  readonly cancelled: ReadonlyMap<CancellationReason, number>;
  readonly tasksOpened: number;
  readonly inTime: number;
  readonly late: number;
  /** How long each checkout took that came to its end, in milliseconds. */
  readonly tookMs: readonly number[];
  readonly money: Readonly<Record<'authorised' | 'captured' | 'refunded', Amounts>>;
}

/** What an execution of a saga is told: ids, never personal data or amounts. */
export interface SagaInput {
  readonly orderId: OrderId;
}

export interface Saga<Input extends SagaInput = SagaInput> {
  /**
   * Starts the execution of this name; starting it again does nothing, even with another input or after it has ended.
   * @param name at most 80 letters, digits, dashes and underscores
   */
  start(name: string, input: Input): Promise<void>;
}

/** What starts a saga stands on. */
export interface SagaStartDeps<Input extends SagaInput = SagaInput> {
  readonly log: Pick<OrderLog, 'findEvent'>;
  readonly saga: Saga<Input>;
}
