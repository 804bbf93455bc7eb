import type { OrderId } from '../../../shared/kernel/ids.ts';
import { inWords, type Money } from '../../../shared/kernel/money.ts';
import { PaymentRequestRefused } from '../../domain/errors.ts';
import { leftOf, type Payment, refundOf } from '../../domain/payment.ts';
import type { Charge, GatewayRefund, Intent, MadeRefund } from './answers.ts';
import type { OrderAttempts } from './attempts.ts';
import type { CardCalls } from './calls.ts';
import { taken } from './payment-in.ts';

/** All refunds of an intent, newest first: those that came with it, or else they are asked for. */
export async function refundsOf(
  attempts: OrderAttempts,
  calls: CardCalls,
  { id, latest_charge: charge }: Intent,
): Promise<readonly GatewayRefund[]> {
  const shown = typeof charge === 'object' ? wholeListOf(charge) : undefined;
  if (shown) return shown;
  const all: GatewayRefund[] = [];
  for (;;) {
    const page = await attempts.shownBy(calls.refunds(id, all.at(-1)?.id));
    all.push(...page.data);
    if (!page.has_more || page.data.length === 0) return all;
  }
}

/** The payment after a refund; undefined when the answer and what was known before do not show all of it. */
export function takenWith(
  { charge, ...refund }: MadeRefund,
  known: Intent | undefined,
  earlier: readonly GatewayRefund[] | undefined,
): Payment | undefined {
  if (known && earlier) return taken(known, [refund, ...earlier]);
  if (typeof charge !== 'object' || !charge?.payment_intent) return undefined;
  const refunds = wholeListOf(charge);
  return (
    refunds &&
    taken({ id: charge.payment_intent, amount_received: charge.amount_captured, currency: charge.currency }, refunds)
  );
}

const wholeListOf = (charge: Charge | null): readonly GatewayRefund[] | undefined =>
  charge?.refunds?.has_more === false ? charge.refunds.data : undefined;

/**
 * Whether the payment does not show the refund, and has enough left for it.
 * @throws PaymentRequestRefused when the refund was made with another amount
 */
export function isToBeRefunded(orderId: OrderId, payment: Payment, refundId: string, { amount }: Money): boolean {
  const made = refundOf(payment, refundId);
  if (made && made.amount.amount !== amount) {
    throw new PaymentRequestRefused(orderId, `the refund ${refundId} is of ${inWords(made.amount)}`);
  }
  return !made && payment.status === 'captured' && leftOf(payment).amount >= amount;
}
