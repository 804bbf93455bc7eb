import type { Sku } from './ids.ts';

/** A quantity of one article. */
export interface Units {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}

/** The units of the article among these. */
export const countOf = (wanted: Sku, lines: readonly Units[]): number =>
  lines.reduce((count, { sku, quantity }) => (sku === wanted ? count + quantity : count), 0);
