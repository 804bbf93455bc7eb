import type { Sku } from '../../../shared/kernel/ids.ts';
import type { Money } from '../../../shared/kernel/money.ts';

/** The form of a discount code. */
export const DISCOUNT_CODE = /^[A-Z0-9-]{2,32}$/;

/** A rule that takes something off an order; customers redeem it by its code. */
export interface Promotion {
  readonly code: string;
  /** The text that customers read on their order. */
  readonly name: string;
  readonly rule: DiscountRule;
  /** Milliseconds since the epoch: the first moment at which the code is valid; without it, always. */
  readonly validFrom?: number;
  /** Milliseconds since the epoch: the first moment at which the code is no longer valid; without it, never. */
  readonly validUntil?: number;
}

/**
 * The rule of a promotion. Each rule, and each condition, sees of a line what the rules before it left, never the price
 * before them, and takes off at most that.
 */
export type DiscountRule = PercentageDiscount | FixedDiscount | BuyXGetY | ConditionalDiscount | ComposedDiscount;

/** The scope of a rule. */
interface Scoped {
  /** Only lines of these articles. @default the whole order */
  readonly skus?: readonly Sku[];
}

/** A share of what the lines in scope cost together, rounded once, half a minor unit up. */
export interface PercentageDiscount extends Scoped {
  readonly type: 'percentage';
  /** Hundredths of a per cent, 1 to 10,000: 1500 is 15 %. */
  readonly basisPoints: number;
}

/** An amount off the lines in scope together; nothing for an order in another currency. */
export interface FixedDiscount extends Scoped {
  readonly type: 'fixed';
  readonly amount: Money;
}

/**
 * Of every `buy + get` units in scope, taken together over the lines, `get` are free, and they are the cheapest of all. A
 * started group counts once `buy` units of it are paid: with buy 2 get 2, the third unit is free already.
 */
export interface BuyXGetY extends Scoped {
  readonly type: 'buy-x-get-y';
  /** Whole units, at least 1. */
  readonly buy: number;
  /** Whole units, at least 1. */
  readonly get: number;
}

/** `discount` when `condition` holds, and nothing otherwise. */
export interface ConditionalDiscount {
  readonly type: 'conditional';
  readonly condition: Condition;
  readonly discount: DiscountRule;
}

export type Condition = MinimumSubtotal | MinimumQuantity | ContainsSku;

/** The lines in scope cost at least `amount` together, after what was taken off them; never so in another currency. */
export interface MinimumSubtotal extends Scoped {
  readonly type: 'minimum-subtotal';
  readonly amount: Money;
}

/** The lines in scope have at least so many units together. */
export interface MinimumQuantity extends Scoped {
  readonly type: 'minimum-quantity';
  readonly quantity: number;
}

export interface ContainsSku {
  readonly type: 'contains-sku';
  readonly sku: Sku;
}

/**
 * `all`: each of the discounts in turn, on what those before it left. `best`: the one that takes off most, the first of
 * equals; every one of them sees the same lines.
 */
export interface ComposedDiscount {
  readonly type: 'composed';
  readonly mode: 'all' | 'best';
  readonly discounts: readonly DiscountRule[];
}
