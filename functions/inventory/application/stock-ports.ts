import type { StockLog } from '../../published/stock-log.ts';
import type { NewEvent } from '../../shared/kernel/events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import type { ArticleStock } from '../domain/article-stock.ts';
import type { StockEvent } from '../domain/stock-events.ts';

export interface StockChange {
  /** At least one. */
  readonly events: readonly NewEvent<StockEvent>[];
  /** What the change was decided for. */
  readonly before: ArticleStock;
  /** Names what is carried out once: the command of a client, or the event that led to the change. */
  readonly commandId: string;
  /** Kept with it: tells a repeat from another request under the same id. */
  readonly requestHash?: string | undefined;
}

/**
 * The result of a change; nothing happened unless it is `changed`.
 * - `changed`: counts and history are changed
 * - `known`: it was carried out before
 * - `too-few`: a count would become negative
 * - `version-taken`: the stream has gone on
 */
export type StockChangeOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'known'; readonly sku: Sku; readonly requestHash?: string | undefined }
  | { readonly kind: 'too-few' }
  | { readonly kind: 'version-taken' };

/** The counts of articles, and the streams that say how they came about. */
export interface Stock {
  /** Undefined for an article that never had stock. */
  find(sku: Sku): Promise<ArticleStock | undefined>;
  /**
   * How many units of each article orders can have from these locations together, a moment ago; articles that never had stock are missing.
   * At most 100 articles.
   */
  forSale(skus: readonly Sku[], locations: readonly LocationId[]): Promise<ReadonlyMap<Sku, number>>;
  /** Changes the counts as the events say and appends these: all or nothing. @throws ConcurrencyConflict when other transactions kept changing the same stock */
  change(sku: Sku, change: StockChange): Promise<StockChangeOutcome>;
}

/** `low`: people were told that there is little of the article; `watched`: they have nothing to be told. */
export const WATCH_STATUSES = ['watched', 'low'] as const;
export type WatchStatus = (typeof WATCH_STATUSES)[number];

export interface WatchedArticle {
  readonly sku: Sku;
  readonly threshold: number;
}

/** The articles with a threshold of low stock. */
export interface WatchedArticles {
  /** Those of one status, by SKU; it may be a second behind. At most `limit`, those after `after`. */
  page(status: WatchStatus, limit: number, after?: Sku): Promise<readonly WatchedArticle[]>;
}

export interface StockDeps {
  readonly stock: Stock;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface StockHistoryDeps {
  readonly log: Pick<StockLog, 'read'>;
}
