import type { PricedItems } from '../../published/order-events.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { ExistingOrder } from '../domain/state.ts';
import { type ItemsToPrice, type PricingDeps, type PricingRefusal, priceItems } from './price-items.ts';

export interface ChangedItems extends Pick<ItemsToPrice, 'items'> {
  /** @default those of the order are kept */
  readonly discountCodes?: readonly string[];
}

/**
 * Prices the items that an order is to have instead of its own. The codes that are on it stay valid, though they would not be for a
 * new order. See docs/decisions/0089-changes-and-refunds-risk-nothing-that-the-customer-has.md.
 */
export function priceChange(
  deps: PricingDeps,
  { discounts }: Pick<ExistingOrder, 'discounts'>,
  { items, discountCodes }: ChangedItems,
): Promise<Result<PricedItems, PricingRefusal>> {
  const redeemed = discounts.map(({ code }) => code);
  return priceItems(deps, { items, discountCodes: discountCodes ?? redeemed, redeemed });
}
