/** What an order's attempts at the card gateway come to. Pure. */
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { type FailedRefund, type Payment, type Refund, takenWith } from '../../domain/payment.ts';
import { moneyFrom } from './amounts.ts';
import { declineCodeOf, type GatewayRefund, type Intent } from './answers.ts';

/** Why we cancel an authorisation: to hold the amount anew, or for good. */
export const CANCELLED = { forRenewal: 'abandoned', forGood: 'requested_by_customer' } as const;

/** Why an authorisation holds nothing: the gateway has cancelled it by itself, for which it has two words, or we have for a renewal. */
const LAPSED: readonly string[] = ['automatic', 'expired', CANCELLED.forRenewal];

/** The last attempt of an order, and the authorisation before it, which has lapsed or was released for this one. */
export interface Attempts {
  readonly intent: Intent;
  readonly lapsed?: Intent | undefined;
}

/** An authorisation that holds nothing any more although nobody has ended the payment: the next attempt decides. */
export const hasLapsed = ({ status, cancellation_reason: reason }: Intent): boolean =>
  status === 'canceled' && LAPSED.includes(reason ?? '');

/** Nothing was asked of the card under this attempt. */
export const isUntouched = ({ status, last_payment_error: error }: Intent): boolean =>
  (status === 'requires_payment_method' || status === 'requires_confirmation') && !error;

/** @param refunds of the last attempt, when it was captured; newest first, as the gateway lists them */
export function paymentIn({ intent, lapsed }: Attempts, refunds: readonly GatewayRefund[] = []): Payment {
  const { id: paymentId, status, currency, last_payment_error: error } = intent;
  switch (status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
      if (lapsed) return { status: 'expired', paymentId: lapsed.id, amount: moneyFrom(lapsed.amount, currency) };
      return error ? { status: 'declined', declineCode: declineCodeOf(error) } : { status: 'none' };
    case 'requires_action':
    case 'processing': {
      const url = intent.next_action?.redirect_to_url?.url;
      const amount = moneyFrom(intent.amount, currency);
      return { status: 'pending', amount, ...(url && { action: { type: 'redirect', url } }) };
    }
    case 'requires_capture':
      return { status: 'authorised', paymentId, amount: moneyFrom(intent.amount_capturable, currency) };
    case 'succeeded':
      return taken(intent, refunds);
    case 'canceled':
      if (lapsed) return { status: 'voided', paymentId: lapsed.id };
      if (error) return { status: 'declined', declineCode: declineCodeOf(error) };
      return intent.latest_charge ? { status: 'voided', paymentId } : { status: 'closed' };
    default:
      return assertNever(status);
  }
}

/**
 * What was taken under an intent. All that was refunded, pending refunds included, leaves nothing only when the money went back.
 * @param listed newest first
 */
export function taken(
  { id: paymentId, amount_received: amount, currency }: Pick<Intent, 'id' | 'amount_received' | 'currency'>,
  listed: readonly GatewayRefund[],
): Payment {
  const refunds = listed.flatMap((refund) => refundIn(refund, currency)).reverse();
  const failed = listed.filter(isFailed).map((refund) => failureIn(refund, currency));
  return takenWith({ paymentId, amount: moneyFrom(amount, currency), refunds, failed: failed.reverse() });
}

/** A refund that somebody has made at the gateway itself has the gateway's id. */
export const refundIdOf = ({ id, metadata }: GatewayRefund): string => metadata?.['refund_id'] ?? id;

export const isFailed = ({ status }: GatewayRefund): boolean => status === 'failed' || status === 'canceled';

const failureIn = (refund: GatewayRefund, currency: string): FailedRefund => ({
  refundId: refundIdOf(refund),
  amount: moneyFrom(refund.amount, currency),
  reason: refund.failure_reason ?? refund.status,
});

function refundIn(refund: GatewayRefund, currency: string): readonly Refund[] {
  if (isFailed(refund)) return [];
  const amount = moneyFrom(refund.amount, currency);
  return [{ refundId: refundIdOf(refund), amount, ...(refund.status !== 'succeeded' && { isPending: true }) }];
}
