import type { PricedItems } from '../../published/order-events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import { type Result, refuse } from '../../shared/kernel/result.ts';
import type { Units } from '../../shared/kernel/units.ts';
import { priceOrder, type TotalTooLarge } from '../domain/pricing/price-order.ts';
import { type DiscountNotApplicable, redeemCodes } from '../domain/pricing/redeem-codes.ts';
import type { Catalogue, Promotions } from './ports.ts';

export interface PricingDeps {
  readonly catalogue: Catalogue;
  readonly promotions: Promotions;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** At least one item, each SKU once. */
export interface ItemsToPrice {
  readonly items: readonly Units[];
  /** Each code once; the order in which their discounts apply. @default none */
  readonly discountCodes?: readonly string[];
  /** Codes that are valid at any time, because they are on the order already. @default none */
  readonly redeemed?: readonly string[];
}

export type PricingRefusal =
  | { readonly kind: 'unknown-skus'; readonly skus: readonly string[] }
  | { readonly kind: 'mixed-currencies'; readonly skus: ReadonlyMap<Currency, readonly Sku[]> }
  | { readonly kind: 'nothing-to-charge' /** No article has a price. */; readonly isFreeWithoutCodes: boolean }
  | TotalTooLarge
  | DiscountNotApplicable;

/** Prices items from the catalogue and the promotions, as they are now; never from what a client says. */
export async function priceItems(
  deps: PricingDeps,
  { items, discountCodes = [], redeemed = [] }: ItemsToPrice,
): Promise<Result<PricedItems, PricingRefusal>> {
  const [articles, known] = await Promise.all([
    deps.catalogue.find(items.map(({ sku }) => sku)),
    // Most orders have no code, and then no read is needed.
    discountCodes.length > 0 ? deps.promotions.find(discountCodes) : new Map<string, never>(),
  ]);
  const unknown = items.filter(({ sku }) => !articles.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) return refuse({ kind: 'unknown-skus', skus: unknown });
  const lines = items.map(({ sku, quantity }) => {
    const { name, unitPrice } = articles.get(sku)!;
    return { sku, name, quantity, unitPrice };
  });
  const byCurrency = Map.groupBy(lines, ({ unitPrice }) => unitPrice.currency);
  if (byCurrency.size > 1) {
    const skus = new Map([...byCurrency].map(([currency, of]) => [currency, of.map(({ sku }) => sku)]));
    return refuse({ kind: 'mixed-currencies', skus });
  }

  const promotions = redeemCodes(discountCodes, known, deps.now(), redeemed);
  if (!promotions.ok) return promotions;
  const priced = priceOrder({ lines, promotions: promotions.value });
  // The payment gateway authorises no empty amount, so a free order could never be paid.
  if (!priced.ok || priced.value.total.amount > 0) return priced;
  return refuse({ kind: 'nothing-to-charge', isFreeWithoutCodes: priced.value.subtotal.amount === 0 });
}
