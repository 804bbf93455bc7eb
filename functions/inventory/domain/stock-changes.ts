import type { Sku } from '../../shared/kernel/ids.ts';
import type { StockLine } from './stock-line.ts';

/** The number of units by which the reservation of one article grows; negative when it shrinks. Never zero. */
export interface StockChange {
  readonly sku: Sku;
  readonly quantity: number;
}

/** The articles that have another quantity in a reservation of `to` than in one of `from`. */
export function stockChanges(from: readonly StockLine[], to: readonly StockLine[]): StockChange[] {
  const changes = new Map<Sku, number>();
  for (const { sku, quantity } of to) changes.set(sku, (changes.get(sku) ?? 0) + quantity);
  for (const { sku, quantity } of from) changes.set(sku, (changes.get(sku) ?? 0) - quantity);
  return [...changes].map(([sku, quantity]) => ({ sku, quantity })).filter(({ quantity }) => quantity !== 0);
}
