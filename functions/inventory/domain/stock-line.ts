import type { Sku } from '../../shared/kernel/ids.ts';

/** So many units of one article. */
export interface StockLine {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}
