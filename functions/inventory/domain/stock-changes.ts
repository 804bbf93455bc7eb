import type { Sku } from '../../shared/kernel/ids.ts';
import { locationOf } from '../../shared/kernel/location.ts';
import { countOf } from '../../shared/kernel/units.ts';
import type { HeldLine, StockLine } from './stock-line.ts';

/** What an adjusted reservation gives back, where it is, and what it wants beside the rest. No article is in both. */
export interface StockChanges {
  readonly back: readonly HeldLine[];
  readonly more: readonly StockLine[];
}

/** From the lines that are reserved to those that are wanted. An article is given back from its last location first. */
export function stockChanges(from: readonly HeldLine[], to: readonly StockLine[]): StockChanges {
  const skus = new Set([...to, ...from].map(({ sku }) => sku));
  const differences = [...skus].map((sku) => ({ sku, quantity: countOf(sku, to) - countOf(sku, from) }));
  return {
    back: differences.flatMap(({ sku, quantity }) => lastOf(from, sku, -quantity)),
    more: differences.filter(({ quantity }) => quantity > 0),
  };
}

function lastOf(from: readonly HeldLine[], sku: Sku, units: number): HeldLine[] {
  let left = units;
  return from
    .filter((line) => line.sku === sku)
    .reverse()
    .flatMap((line) => {
      const quantity = Math.min(left, line.quantity);
      left -= quantity;
      return quantity > 0 ? [{ ...line, quantity }] : [];
    });
}

/** The lines of a reservation after an adjustment, article by article in the order of `to`. */
export function adjustedLines(
  from: readonly HeldLine[],
  { back, more }: { readonly back: readonly HeldLine[]; readonly more: readonly HeldLine[] },
  to: readonly StockLine[],
): HeldLine[] {
  return to.flatMap(({ sku }) => {
    const lines = new Map<string, HeldLine>();
    const add = (line: HeldLine, units: number): void => {
      const location = locationOf(line);
      lines.set(location, { ...line, quantity: (lines.get(location)?.quantity ?? 0) + units });
    };
    const own = (line: HeldLine): boolean => line.sku === sku;
    for (const line of [...from, ...more].filter(own)) add(line, line.quantity);
    for (const line of back.filter(own)) add(line, -line.quantity);
    return [...lines.values()].filter(({ quantity }) => quantity > 0);
  });
}
