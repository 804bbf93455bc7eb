import type { Sku } from '../../../shared/kernel/ids.ts';
import type { Currency } from '../../../shared/kernel/money.ts';

/** An order while its discounts are computed. BigInt, so that products of exact amounts are exact, too. */
export interface Basket {
  readonly currency: Currency;
  readonly lines: readonly OpenLine[];
}

export interface OpenLine {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: bigint;
  /** Minor units that are left to pay after the discounts up to now, never negative. */
  readonly left: bigint;
}

/** Minor units off each line of a basket, in the order of the lines. */
export type LineDiscounts = readonly bigint[];

export const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** The basket after `discounts`. */
export const less = ({ currency, lines }: Basket, discounts: LineDiscounts): Basket => ({
  currency,
  lines: lines.map((line, index) => ({ ...line, left: line.left - discounts[index]! })),
});

/** The lines of `skus`, or all lines when none are named. */
export const linesInScope = ({ lines }: Basket, skus: readonly Sku[] | undefined): readonly OpenLine[] =>
  skus ? lines.filter(({ sku }) => skus.includes(sku)) : lines;
