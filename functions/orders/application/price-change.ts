import type { PricedItems } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { type LoadDeps, loadOrder } from './load-order.ts';
import { type ItemsToPrice, type PricingDeps, type PricingRefusal, priceItems } from './price-items.ts';

export interface ChangedItems extends Pick<ItemsToPrice, 'items'> {
  readonly orderId: OrderId;
  /** @default those of the order are kept */
  readonly discountCodes?: readonly string[];
  /** Whether orders of this customer are open to the caller. */
  readonly isOpenTo: (customerId: string) => boolean;
}

/** Prices the items that an order is to have instead of its own. */
export const priceChange = async (
  deps: PricingDeps & LoadDeps,
  { orderId, items, discountCodes, isOpenTo }: ChangedItems,
): Promise<Result<PricedItems, PricingRefusal>> =>
  priceItems(deps, { items, discountCodes: discountCodes ?? (await codesOf(deps, orderId, isOpenTo)) });

/** None of an order that is not open to the caller: a refused price would reveal its codes. */
async function codesOf(
  deps: LoadDeps,
  orderId: OrderId,
  isOpenTo: ChangedItems['isOpenTo'],
): Promise<readonly string[]> {
  const { order } = await loadOrder(deps, orderId);
  return order.status === 'none' || !isOpenTo(order.customerId) ? [] : order.discounts.map(({ code }) => code);
}
