import type { Sku } from '../../shared/kernel/ids.ts';
import type { StockLine } from './stock-line.ts';

/** What is to be held more of one article, in whole units; negative: less. Never zero. */
export interface StockChange {
  readonly sku: Sku;
  readonly quantity: number;
}

/** The articles of which a reservation of `to` holds another quantity than one of `from`. */
export function stockChanges(from: readonly StockLine[], to: readonly StockLine[]): StockChange[] {
  const changes = new Map<Sku, number>();
  for (const { sku, quantity } of to) changes.set(sku, (changes.get(sku) ?? 0) + quantity);
  for (const { sku, quantity } of from) changes.set(sku, (changes.get(sku) ?? 0) - quantity);
  return [...changes].map(([sku, quantity]) => ({ sku, quantity })).filter(({ quantity }) => quantity !== 0);
}
