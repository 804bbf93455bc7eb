import type { Sku } from '../../shared/kernel/ids.ts';
import { DEFAULT_LOCATION, type LocationId, locationOf, type UnitsAt } from '../../shared/kernel/location.ts';

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

/** A line of a reservation: units of an article at one location. All units that an order has of an article are in one shard. */
export interface HeldLine extends StockLine {
  /** The shard of the article that the units are reserved in. @default 0 */
  readonly shard?: number;
  /** @default DEFAULT_LOCATION */
  readonly location?: LocationId;
}

/** A line as reservations store it: what is usual is left out, as in those that were stored before there was anything else. */
export const heldLine = ({ sku, quantity, location }: UnitsAt, shard: number): HeldLine => ({
  sku,
  quantity,
  ...(shard === 0 ? {} : { shard }),
  ...(location === DEFAULT_LOCATION ? {} : { location }),
});

/** The lines with the locations of their units. */
export const unitsAt = (lines: readonly HeldLine[]): UnitsAt[] =>
  lines.map((line) => ({ sku: line.sku, quantity: line.quantity, location: locationOf(line) }));

/** The units of each article, wherever they are. */
export function unitsOf(lines: readonly StockLine[]): StockLine[] {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}
