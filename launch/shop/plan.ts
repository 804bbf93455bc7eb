import { isDeepStrictEqual } from 'node:util';
import type { ArticleRecord, PromotionRecord, ShopRecords, StockRecord } from './records.ts';

/** What an import does: pure, from what a file says and what there is. */
export interface ImportPlan {
  readonly articles: readonly ArticleRecord[];
  readonly promotions: readonly PromotionRecord[];
  /** The first goods of articles that never had any. */
  readonly receipts: readonly StockRecord[];
  /** Articles with another count: what there is more or less. Made only where somebody has asked for it. */
  readonly differences: readonly Difference[];
  /** Records that are as the file says. */
  readonly same: number;
}

export interface Difference {
  readonly sku: string;
  readonly there: number;
  readonly wanted: number;
}

/** Of stock, what there is of an article that never had any is absent. */
export function planOf(wanted: ShopRecords, there: ShopRecords): ImportPlan {
  const articles = changed(wanted.articles, there.articles, ({ sku }) => sku);
  const promotions = changed(wanted.promotions, there.promotions, ({ code }) => code);
  const counts = new Map(there.stock.map(({ sku, available }) => [sku, available]));
  const receipts = wanted.stock.filter(({ sku, available }) => !counts.has(sku) && available > 0);
  const differences = wanted.stock.flatMap(({ sku, available }) => {
    const count = counts.get(sku);
    return count === undefined || count === available ? [] : [{ sku, there: count, wanted: available }];
  });
  const all = wanted.articles.length + wanted.promotions.length + wanted.stock.length;
  const different = articles.length + promotions.length + receipts.length + differences.length;
  return { articles, promotions, receipts, differences, same: all - different };
}

function changed<Item>(
  wanted: readonly Item[],
  there: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const known = new Map(there.map((item) => [keyOf(item), item]));
  return wanted.filter((item) => !isDeepStrictEqual(known.get(keyOf(item)), item));
}
