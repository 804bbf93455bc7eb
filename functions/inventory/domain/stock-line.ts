import type { Sku } from '../../shared/kernel/ids.ts';

/** A quantity of one article. */
export interface StockLine {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}
