import type { Sku } from './ids.ts';

/** A quantity of one article. */
export interface Units {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}
