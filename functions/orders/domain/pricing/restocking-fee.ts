import { type Money, money } from '../../../shared/kernel/money.ts';

const BASIS = 10_000n;

/**
 * What the shop keeps of a refund for returned goods: rounded down to a minor unit, so that it is never more than the rule says, in whatever parts a return comes.
 * @param basisPoints hundredths of a percent, 0 to 10,000
 * @throws RangeError for others
 */
export function restockingFee({ amount, currency }: Money, basisPoints: number): Money {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000) {
    throw new RangeError(`A fee is 0 to 10000 hundredths of a percent, got ${basisPoints}.`);
  }
  return money(Number((BigInt(amount) * BigInt(basisPoints)) / BASIS), currency);
}
