/** Refunds after the capture. */

import type { PaymentRefunded, RefundRequested } from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import { add, type Money, money, sum } from '../../../shared/kernel/money.ts';
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import { countOf, type Units } from '../../../shared/kernel/units.ts';
import { amountNotTaken, takenOf } from '../payable-amounts.ts';
import { refundOfUnits } from '../pricing/refund-of-units.ts';
import { restockingFee } from '../pricing/restocking-fee.ts';
import type { Refusal } from '../refusals.ts';
import type { DeliveringOrder } from '../state.ts';
import { decider } from './decider.ts';
import { commented } from './placing.ts';

/** The object of a refund. */
export type RefundScope =
  /** The rest of the payment. */
  | { readonly type: 'full' }
  /** The price that the customer paid for these units, each SKU once. */
  | { readonly type: 'items'; readonly items: readonly Units[] }
  | { readonly type: 'amount'; readonly amount: Money };

export interface RefundOrder extends Command<'RefundOrder'> {
  readonly refundId: string;
  readonly scope: RefundScope;
  readonly comment?: string;
}

/**
 * Requests a refund; earlier refunds that did not fail count as paid. Until the parcel has left, some of the payment
 * has to stay: to refund all of it, cancel the order, which also cancels the shipment and releases the goods.
 * See docs/decisions/0051-a-full-refund-before-shipping-is-a-cancellation.md.
 */
const refundOrder = decider<RefundOrder>()
  .in('processing', 'shipped', 'delivered')
  .to('unchanged', (order, { refundId, scope, comment }) => {
    const refund = refundOf(order, scope);
    if (!refund.ok) return refund;
    if (order.status === 'processing' && refund.value.amount.amount === refundable(order).amount) {
      return refuse({ kind: 'cancel-instead' });
    }
    return accept(requested(order, { refundId, ...refund.value, ...commented(comment) }));
  });

/**
 * The request of a refund. Units whose share is below one minor unit are refunded with it: the gateway refunds no empty amount, and
 * what they lack comes with the units after them.
 */
export const requested = (
  { payment: { paymentId } }: DeliveringOrder,
  data: RefundRequested['data'],
): (RefundRequested | PaymentRefunded)[] => {
  const { refundId, amount } = data;
  const request: RefundRequested = { type: 'RefundRequested', data };
  return amount.amount > 0 ? [request] : [request, { type: 'PaymentRefunded', data: { paymentId, amount, refundId } }];
};

/** The amount of a refund and the units it is for. */
type RefundPart = Pick<RefundRequested['data'], 'amount' | 'lines' | 'restockingFee'>;

/** The refund for returned goods, if any is due. */
export function refundOfGoods(order: DeliveringOrder, goods: readonly Units[]): RefundPart | undefined {
  const items = notRefunded(order, goods);
  const refund = refundOf(order, { type: 'items', items });
  if (refund.ok) return refund.value;
  // Refunds by amount may have left less than the goods cost: then the rest is refunded.
  return refund.refusal.kind === 'refund-exceeds-payment' ? { amount: refund.refusal.left, lines: items } : undefined;
}

function refundOf(order: DeliveringOrder, scope: RefundScope): Result<RefundPart, Refusal> {
  const kept = feesKept(order);
  const goods = refundable(order);
  // What the shop has kept as a fee is for no goods that are left. A person can give it back, by its amount.
  const left = scope.type === 'amount' ? add(goods, kept) : goods;
  const method = order.paymentMethod;
  if (left.amount <= 0) return refuse({ kind: 'nothing-to-refund' });
  switch (scope.type) {
    case 'full':
      return accept({ amount: left, lines: notRefunded(order, order.lines) });
    case 'items': {
      const parts: Money[] = [];
      for (const units of scope.items) {
        const tooMany = tooManyUnits(units, unitsLeft(order, units, refundedUnits));
        if (tooMany) return refuse(tooMany);
        const line = order.lines.find(({ sku }) => sku === units.sku)!;
        parts.push(refundOfUnits(line, refundedUnits(order, units), units.quantity));
      }
      const wanted = sum(parts, left.currency);
      if (wanted.amount === 0 && areFree(order, scope.items)) {
        return refuse({ kind: 'nothing-paid', skus: scope.items.map(({ sku }) => sku) });
      }
      // What the channel cannot pay of it comes with the last units.
      return within(left, takesTheRest(order, scope.items, left, wanted) ? left : takenOf(method, wanted), scope.items);
    }
    case 'amount': {
      if (scope.amount.currency !== left.currency) {
        return refuse({ kind: 'currency-differs', expected: left.currency, got: scope.amount.currency });
      }
      const notTaken = amountNotTaken(method, scope.amount);
      return notTaken ? refuse(notTaken) : within(left, scope.amount, []);
    }
  }
}

/**
 * A refund that failed while others were on their way has changed their rounding. So that the refunds of all units add
 * up to the total, the last ones take the rest; and none is refused for a minor unit.
 */
function takesTheRest(order: DeliveringOrder, items: readonly Units[], left: Money, wanted: Money): boolean {
  const byUnitsAlone = order.refunds.every(({ status, lines }) => status === 'failed' || lines.length > 0);
  const areAll = order.lines.every((line) => unitsLeft(order, line, refundedUnits) === countOf(line.sku, items));
  return byUnitsAlone && (areAll || wanted.amount > left.amount);
}

/** Whether the customer paid nothing for any of these units. */
const areFree = (order: DeliveringOrder, items: readonly Units[]): boolean =>
  items.every(({ sku }) => order.lines.some((line) => line.sku === sku && line.net.amount === 0));

function within(left: Money, wanted: Money, lines: readonly Units[]): Result<RefundPart, Refusal> {
  return wanted.amount > left.amount
    ? refuse({ kind: 'refund-exceeds-payment', wanted, left })
    : accept({ amount: wanted, lines });
}

/**
 * The captured amount less all that went back, also because the customer had paid too much, less the refunds that are requested, less what people have
 * given back outside of the platform, and less the fees that the shop has kept of refunds.
 */
export function refundable(order: Pick<DeliveringOrder, 'payment' | 'refunds'>): Money {
  const { payment, refunds } = order;
  const { amount, refunded } = payment;
  const others = refunds.filter(({ status, outside }) => status === 'requested' || outside).map((one) => one.amount);
  const gone = refunded.amount + sum(others, amount.currency).amount + feesKept(order).amount;
  return money(amount.amount - gone, amount.currency);
}

/** Of a refund that has failed the shop keeps nothing. */
const feesKept = ({ payment, refunds }: Pick<DeliveringOrder, 'payment' | 'refunds'>): Money =>
  sum(
    refunds.flatMap(({ status, restockingFee }) => (status === 'failed' ? [] : (restockingFee ?? []))),
    payment.amount.currency,
  );

/** The refund without the fee that the shop keeps of it, as far as the channel can pay that. @param basisPoints hundredths of a percent */
export function lessFee(
  order: Pick<DeliveringOrder, 'paymentMethod'>,
  refund: RefundPart,
  basisPoints: number,
): RefundPart {
  const fee = takenOf(order.paymentMethod, restockingFee(refund.amount, basisPoints));
  if (fee.amount === 0) return refund;
  return { ...refund, amount: money(refund.amount.amount - fee.amount, fee.currency), restockingFee: fee };
}

export type CountUnits<State = DeliveringOrder> = (order: State, units: Units) => number;

const refundedUnits: CountUnits = ({ refunds }, { sku }) =>
  countOf(
    sku,
    refunds.filter(({ status }) => status !== 'failed').flatMap(({ lines }) => lines),
  );

/** The units among these for which no refund was requested. */
const notRefunded = (order: DeliveringOrder, lines: readonly Units[]): Units[] =>
  lines
    .map(({ sku, quantity }) => ({
      sku,
      quantity: Math.min(quantity, unitsLeft(order, { sku, quantity }, refundedUnits)),
    }))
    .filter(({ quantity }) => quantity > 0);

export function unitsLeft<State extends Pick<DeliveringOrder, 'lines'>>(
  order: State,
  units: Units,
  gone: CountUnits<State>,
): number {
  const line = order.lines.find(({ sku }) => sku === units.sku);
  return line ? line.quantity - gone(order, units) : 0;
}

export const tooManyUnits = ({ sku, quantity }: Units, left: number): Refusal | undefined =>
  quantity > left ? { kind: 'too-many-units', sku, wanted: quantity, left } : undefined;

export const REFUNDING = { RefundOrder: refundOrder } as const;
