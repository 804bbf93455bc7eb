import type { OrderLine, PricedItems } from '../../published/order-events.ts';
import { shareOut } from '../../shared/kernel/largest-remainder.ts';
import { add, type Money, money, sum, times } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { Shortage } from './stock-line.ts';

/** An order of what there is, and what was taken off it. */
export interface Reduced extends PricedItems {
  readonly removed: readonly Units[];
}

/**
 * Takes off the order what there is too little of. A line keeps the share of its price that its units have, rounded down: nobody pays more
 * for a unit because others are missing, and a code stays valid for what is left. Undefined when nothing is left, or nothing that
 * costs anything.
 * @param short articles of which there are fewer units than the order wants
 */
export function whatThereIs(
  { lines, discounts }: Pick<PricedItems, 'lines' | 'discounts'>,
  short: readonly Shortage[],
): Reduced | undefined {
  const left = lines.flatMap((line) => kept(line, Math.min(line.quantity, availableOf(line, short))));
  const { currency } = lines[0]!.unitPrice;
  const total = sum(
    left.map(({ net }) => net),
    currency,
  );
  if (total.amount === 0) return undefined;
  const off = sum(
    left.map(({ discount }) => discount),
    currency,
  );
  return {
    lines: left,
    subtotal: add(total, off),
    discounts: sharedOut(off, discounts),
    total,
    removed: lines.flatMap(({ sku, quantity }) => {
      const missing = quantity - (left.find((line) => line.sku === sku)?.quantity ?? 0);
      return missing > 0 ? [{ sku, quantity: missing }] : [];
    }),
  };
}

const availableOf = ({ sku, quantity }: OrderLine, short: readonly Shortage[]): number =>
  Math.max(0, short.find((article) => article.sku === sku)?.available ?? quantity);

function kept(line: OrderLine, quantity: number): OrderLine[] {
  if (quantity === 0) return [];
  if (quantity === line.quantity) return [line];
  const net = money(Number((BigInt(line.net.amount) * BigInt(quantity)) / BigInt(line.quantity)), line.net.currency);
  const full = times(line.unitPrice, quantity);
  return [{ ...line, quantity, discount: money(full.amount - net.amount, net.currency), net }];
}

/** Which code took how much off which line is not recorded: each keeps its part of all that is taken off. */
function sharedOut({ amount, currency }: Money, discounts: PricedItems['discounts']): PricedItems['discounts'] {
  const parts = shareOut(
    BigInt(amount),
    discounts.map((discount) => BigInt(discount.amount.amount)),
  );
  return discounts.map((discount, index) => ({ ...discount, amount: money(Number(parts[index]), currency) }));
}
