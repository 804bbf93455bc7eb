import type { Sku } from './ids.ts';

/** So many units of one article. */
export interface Units {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}
