const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/**
 * Shares `amount` out in proportion to `weights`, in whole minor units that add up to it exactly: each gets the exact
 * share rounded down, and the units that remain go to the largest remainders, of equals to the first (the method of
 * Hamilton). A share differs from the exact one by less than one unit; weight 0 gets nothing.
 * @param amount not negative; 0 when all weights are
 */
export function shareOut(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const whole = total(weights);
  if (whole === 0n) return weights;
  const floors = weights.map((weight) => (amount * weight) / whole);
  const remainders = weights.map((weight) => (amount * weight) % whole);
  const missing = Number(amount - total(floors));
  const rounded = new Set(
    [...remainders.keys()].sort((a, b) => compare(remainders[b]!, remainders[a]!)).slice(0, missing),
  );
  return floors.map((floor, index) => (rounded.has(index) ? floor + 1n : floor));
}

/** For `sort`, which is stable: smaller first. */
export function compare(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
