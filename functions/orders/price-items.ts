import { money, sum, times, zero } from '../shared/kernel/money.ts';
import type { PricedItems, Units } from '../shared/kernel/order-events.ts';
import { accept, refuse, type Result } from '../shared/kernel/result.ts';
import type { Catalogue } from './ports.ts';

export type PricingRefusal =
  | { readonly kind: 'unknown-skus'; readonly skus: readonly string[] }
  | { readonly kind: 'mixed-currencies' }
  /** The items are worth more than the whole numbers that are exact. */
  | { readonly kind: 'total-too-large' };

/** Prices items from the catalogue, as it is now; never from what a client says. At least one item, each SKU once. */
export async function priceItems(catalogue: Catalogue, items: readonly Units[]): Promise<Result<PricedItems, PricingRefusal>> {
  const articles = await catalogue.find(items.map(({ sku }) => sku));
  const unknown = items.filter(({ sku }) => !articles.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) return refuse({ kind: 'unknown-skus', skus: unknown });
  const priced = items.map(({ sku, quantity }) => ({ quantity, ...articles.get(sku)! }));
  const [currency, other] = new Set(priced.map(({ unitPrice }) => unitPrice.currency));
  if (currency === undefined) throw new RangeError('There are no items to price.');
  if (other !== undefined) return refuse({ kind: 'mixed-currencies' });
  const roughly = priced.reduce((worth, { unitPrice, quantity }) => worth + unitPrice.amount * quantity, 0);
  if (roughly > Number.MAX_SAFE_INTEGER) return refuse({ kind: 'total-too-large' });
  const lines = priced.map(({ sku, name, quantity, unitPrice }) =>
    ({ sku, name, quantity, unitPrice, discount: zero(currency), net: times(unitPrice, quantity) }));
  const subtotal = sum(lines.map(({ net }) => net), currency);
  return accept({ lines, subtotal, discounts: [], total: money(subtotal.amount, currency) });
}
