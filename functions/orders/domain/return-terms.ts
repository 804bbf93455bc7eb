/** What a return costs and gives back by the shop's rule, before it is asked for and while it is awaited. Pure. */
import { type Money, zero } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';
import { lessFee, refundOfGoods } from './decide/refunding.ts';
import { RETURN_REASONS, type ReturnReason } from './event-data.ts';
import { deliveredTooLongAgo, type ReturnWindow, receivable, withTheCustomer } from './returnable.ts';
import type { ExistingOrder, OrderIn, Return } from './state.ts';

/** Hundredths of a percent, by the reasons that are not the shop's fault. */
export type FeeRule = Readonly<Record<'changed_mind' | 'does_not_fit' | 'other', number>>;

/** The part of its refunds that the shop keeps, in hundredths of a percent. A return without a reason counts as one for another reason. */
export const feeOf = (rule: FeeRule, reason: ReturnReason = 'other'): number =>
  reason === 'changed_mind' || reason === 'does_not_fit' || reason === 'other' ? rule[reason] : 0;

/** What is refunded, without the fee that the shop keeps of it. */
export interface Refundable {
  /** Hundredths of a percent. */
  readonly restockingFeeBasisPoints: number;
  readonly restockingFee: Money;
  readonly refund: Money;
}

/** Units of an article that a return can be requested for, and what is refunded for them before the fee: as far as it was not refunded before. */
export interface ReturnableUnits extends Units {
  readonly name: string;
  /** For one unit. As parts of a price are rounded, it may be a minor unit more or less for others. */
  readonly unitAmount: Money;
  /** For all of them, when no others come back. */
  readonly amount: Money;
}

export interface ReturnTerms {
  readonly lines: readonly ReturnableUnits[];
  /** For all lines together, before the fee. */
  readonly amount: Money;
  /** What comes of `amount`, by why the goods are sent back. */
  readonly reasons: readonly (Refundable & { readonly reason: ReturnReason })[];
  /** What comes of the returns of which goods can be received, when all of these are accepted now. */
  readonly returns: readonly (Refundable & { readonly returnId: string; readonly lines: readonly Units[] })[];
}

/** @param window of those whom the shop's policy binds. @default goods can be sent back for ever */
export function returnTerms(order: ExistingOrder, rule: FeeRule, window?: ReturnWindow): ReturnTerms {
  const isPossible = isOpen(order) && deliveredTooLongAgo(order, window) === undefined;
  const lines = isPossible ? returnableUnits(order) : [];
  return {
    lines,
    amount: refundFor(order, lines, 0).refund,
    reasons: RETURN_REASONS.map((reason) => ({ reason, ...refundFor(order, lines, feeOf(rule, reason)) })),
    returns: isReceiving(order) ? order.returns.flatMap((back) => termsOf(order, back)) : [],
  };
}

const isOpen = (order: ExistingOrder): order is OrderIn<'shipped' | 'delivered'> =>
  order.status === 'shipped' || order.status === 'delivered';

const isReceiving = (order: ExistingOrder): order is OrderIn<'shipped' | 'delivered' | 'refunded'> =>
  isOpen(order) || order.status === 'refunded';

const returnableUnits = (order: OrderIn<'shipped' | 'delivered'>): ReturnableUnits[] =>
  order.lines
    .map(({ sku, name, quantity: ordered }) => ({
      sku,
      name,
      quantity: withTheCustomer(order, { sku, quantity: ordered }),
    }))
    .filter(({ quantity }) => quantity > 0)
    .map((units) => ({
      ...units,
      unitAmount: refundFor(order, [{ sku: units.sku, quantity: 1 }], 0).refund,
      amount: refundFor(order, [units], 0).refund,
    }));

function termsOf(order: OrderIn<'shipped' | 'delivered' | 'refunded'>, back: Return): ReturnTerms['returns'] {
  const lines = receivable(order, back);
  if (lines.length === 0) return [];
  return [{ returnId: back.returnId, lines, ...refundFor(order, lines, back.restockingFeeBasisPoints ?? 0) }];
}

function refundFor(order: ExistingOrder, goods: readonly Units[], restockingFeeBasisPoints: number): Refundable {
  const none = zero(order.total.currency);
  const units = goods.map(({ sku, quantity }) => ({ sku, quantity }));
  const whole = isOpen(order) ? refundOfGoods(order, units) : undefined;
  if (whole === undefined) return { restockingFeeBasisPoints, restockingFee: none, refund: none };
  const { amount, restockingFee = none } = lessFee(order, whole, restockingFeeBasisPoints);
  return { restockingFeeBasisPoints, restockingFee, refund: amount };
}
