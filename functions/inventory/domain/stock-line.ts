import type { Sku } from '../../shared/kernel/ids.ts';

/** A quantity of one article. */
export interface StockLine {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}

/** An article of which there are only so many units, and fewer than are wanted. */
export interface Shortage {
  readonly sku: Sku;
  readonly available: number;
}

/** A line of a reservation. */
export interface HeldLine extends StockLine {
  /** The shard of the article that the units are reserved in. @default 0 */
  readonly shard?: number;
}

/** The lines without the places of their units. */
export const unitsOf = (lines: readonly StockLine[]): StockLine[] =>
  lines.map(({ sku, quantity }) => ({ sku, quantity }));

/** The lines in the shards that `held` names for their articles; the last one that names one counts. */
export function inShards(lines: readonly StockLine[], held: readonly HeldLine[]): HeldLine[] {
  const shards = new Map(held.map(({ sku, shard }) => [sku, shard]));
  return lines.map((line) => {
    const shard = shards.get(line.sku);
    return shard === undefined ? line : { ...line, shard };
  });
}
