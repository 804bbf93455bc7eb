import type { Sku } from '../../../shared/kernel/ids.ts';
import type { Money } from '../../../shared/kernel/money.ts';

/** So many units of one article, at the catalogue's price. */
export interface ItemLine {
  readonly sku: Sku;
  readonly name: string;
  /** Whole units, at least 1. */
  readonly quantity: number;
  readonly unitPrice: Money;
}

export interface PricedLine extends ItemLine {
  /** The line's share of all discounts. */
  readonly discount: Money;
  /** What the customer pays for the line: unit price × quantity − discount. */
  readonly net: Money;
}

/** A discount as it was granted. */
export interface AppliedDiscount {
  readonly code: string;
  readonly name: string;
  readonly amount: Money;
}

/** What an order costs and why. The nets of its lines add up to the total, to the last minor unit. */
export interface PricedOrder {
  readonly lines: readonly PricedLine[];
  /** Unit price × quantity over all lines. */
  readonly subtotal: Money;
  readonly discounts: readonly AppliedDiscount[];
  /** Subtotal − discounts, never negative. */
  readonly total: Money;
}
