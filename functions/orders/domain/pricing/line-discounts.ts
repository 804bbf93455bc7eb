import { assertNever } from '../../../shared/kernel/assert-never.ts';
import type { Sku } from '../../../shared/kernel/ids.ts';
import { compare, shareOut } from '../../../shared/kernel/largest-remainder.ts';
import { type Basket, type LineDiscounts, less, linesInScope, type OpenLine, total } from './basket.ts';
import { holds } from './condition.ts';
import type { BuyXGetY, ComposedDiscount, DiscountRule } from './promotion.ts';

const BASIS = 10_000n;

/** The amounts that `rule` takes off the lines of `basket`: never negative, never more than is left of the line. */
export function lineDiscounts(rule: DiscountRule, basket: Basket): LineDiscounts {
  switch (rule.type) {
    case 'percentage': {
      const share = (of: bigint) => (of * BigInt(rule.basisPoints) * 2n + BASIS) / (BASIS * 2n);
      return offLines(basket, rule.skus, share);
    }
    case 'fixed': {
      const { amount, currency } = rule.amount;
      if (currency !== basket.currency) return nothing(basket);
      return offLines(basket, rule.skus, (of) => (BigInt(amount) < of ? BigInt(amount) : of));
    }
    case 'buy-x-get-y':
      return cheapestFree(rule, basket);
    case 'conditional':
      return holds(rule.condition, basket) ? lineDiscounts(rule.discount, basket) : nothing(basket);
    case 'composed':
      return rule.mode === 'all' ? inTurn(rule, basket) : best(rule, basket);
    default:
      return assertNever(rule);
  }
}

const nothing = ({ lines }: Basket): LineDiscounts => lines.map(() => 0n);

/** Distributes one amount over the lines in scope, in proportion to what is left of each. */
function offLines(basket: Basket, skus: readonly Sku[] | undefined, amountOff: (of: bigint) => bigint): LineDiscounts {
  const scope = new Set(linesInScope(basket, skus));
  const weights = basket.lines.map((line) => (scope.has(line) ? line.left : 0n));
  return shareOut(amountOff(total(weights)), weights);
}

/** Free units cost what their share of the line is, rounded down: a line of odd fen does not give more than it holds. */
function cheapestFree({ skus, buy, get }: BuyXGetY, basket: Basket): LineDiscounts {
  const scope = linesInScope(basket, skus);
  let free = freeUnits(total(scope.map(({ quantity }) => quantity)), BigInt(buy), BigInt(get));
  const off = new Map<OpenLine, bigint>();
  for (const line of scope.toSorted(byUnitCost)) {
    const units = line.quantity < free ? line.quantity : free;
    off.set(line, (line.left * units) / line.quantity);
    free -= units;
  }
  return basket.lines.map((line) => off.get(line) ?? 0n);
}

function freeUnits(units: bigint, buy: bigint, get: bigint): bigint {
  const started = units % (buy + get);
  return (units / (buy + get)) * get + (started > buy ? started - buy : 0n);
}

/** Compares the remaining price per unit, as fractions. */
const byUnitCost = (a: OpenLine, b: OpenLine): number => compare(a.left * b.quantity, b.left * a.quantity);

function inTurn({ discounts }: ComposedDiscount, basket: Basket): LineDiscounts {
  const after = discounts.reduce((left, rule) => less(left, lineDiscounts(rule, left)), basket);
  return basket.lines.map(({ left }, index) => left - after.lines[index]!.left);
}

function best({ discounts }: ComposedDiscount, basket: Basket): LineDiscounts {
  return discounts
    .map((rule) => lineDiscounts(rule, basket))
    .reduce((most, other) => (total(other) > total(most) ? other : most), nothing(basket));
}
