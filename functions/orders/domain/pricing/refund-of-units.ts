import { type Money, money } from '../../../shared/kernel/money.ts';

/**
 * The refund for `units` more units of a line, after `refundedUnits` of it: the difference of two cumulative shares of
 * the line's net, each rounded down. So the refunds of all units, in whatever groups, add up to the net exactly, and
 * those of all lines to the order's total.
 * See docs/decisions/0028-a-refund-of-units-is-a-difference-of-shares.md.
 * @throws RangeError unless both counts are whole numbers of zero or more, and the line has that many units
 */
export function refundOfUnits(
  line: { readonly quantity: number; readonly net: Money },
  refundedUnits: number,
  units: number,
): Money {
  const { quantity, net } = line;
  const counts = [refundedUnits, units];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0) || refundedUnits + units > quantity) {
    throw new RangeError(`Of ${quantity} units, ${refundedUnits} are refunded: ${units} more cannot be.`);
  }
  const shareOf = (count: number): bigint => (BigInt(net.amount) * BigInt(count)) / BigInt(quantity);
  return money(Number(shareOf(refundedUnits + units) - shareOf(refundedUnits)), net.currency);
}
