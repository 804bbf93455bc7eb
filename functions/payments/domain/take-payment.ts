import type {
  PaymentActionRequired,
  PaymentAuthorised,
  PaymentCaptured,
  PaymentDeclined as PaymentDeclinedFact,
} from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { StepOutcome } from '../../shared/kernel/step-outcome.ts';
import type { ChannelCapabilities } from './capabilities.ts';
import {
  PaymentDeclined,
  PaymentGatewayUnavailable,
  PaymentNotAuthorised,
  PaymentPending,
  PaymentVoided,
} from './errors.ts';
import type { Payment } from './payment.ts';

/** The decline code of a raise that the gateway declined; the authorisation stays as it was. */
const NOT_RAISED = 'not_raised';

/** Whether something is authorised, but less than `wanted`. */
export const isShort = (payment: Payment, wanted: Money): boolean =>
  payment.status === 'authorised' && payment.amount.amount < wanted.amount;

/**
 * The outcome of a raise to `wanted`, read from the payment as it is afterwards; without an authorisation or a payment there is
 * nothing to raise.
 */
export function afterRaise(orderId: OrderId, payment: Payment, wanted: Money): StepOutcome<PaymentAuthorised> {
  // What was paid at checkout cannot be raised.
  if (payment.status === 'captured' && payment.amount.amount < wanted.amount) {
    return { refusal: new PaymentDeclined(orderId, NOT_RAISED) };
  }
  if (payment.status !== 'authorised') return {};
  if (isShort(payment, wanted)) return { refusal: new PaymentDeclined(orderId, NOT_RAISED) };
  return { fact: { type: 'PaymentAuthorised', data: { paymentId: payment.paymentId, amount: payment.amount } } };
}

/** The end of an authorisation that could not be raised and was voided. */
export const afterFailedRaise = (orderId: OrderId): StepOutcome<PaymentDeclinedFact> => ({
  fact: { type: 'PaymentDeclined', data: { declineCode: NOT_RAISED } },
  refusal: new PaymentDeclined(orderId, NOT_RAISED),
});

type AuthorisationFact = PaymentActionRequired | PaymentAuthorised | PaymentCaptured | PaymentDeclinedFact;

interface ChannelTerms extends Pick<ChannelCapabilities, 'separateCapture' | 'askAgainSeconds'> {
  /** Until when the customer can act: ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** The outcome of an authorisation, read from the payment as it is afterwards. */
export function afterAuthorisation(
  orderId: OrderId,
  payment: Payment,
  { separateCapture, askAgainSeconds, expiresAt }: ChannelTerms,
): StepOutcome<AuthorisationFact> {
  switch (payment.status) {
    // An authorisation that is repeated after the capture has happened nevertheless; a channel without any takes the money at once.
    // One that has expired since then is renewed before the capture.
    case 'authorised':
    case 'expired':
    case 'captured': {
      const { paymentId, amount } = payment;
      return { fact: { type: separateCapture ? 'PaymentAuthorised' : 'PaymentCaptured', data: { paymentId, amount } } };
    }
    case 'declined': {
      const { declineCode } = payment;
      return {
        fact: { type: 'PaymentDeclined', data: { declineCode } },
        refusal: new PaymentDeclined(orderId, declineCode),
      };
    }
    case 'voided':
    case 'refunded':
    case 'closed':
      return { refusal: new PaymentVoided(orderId) };
    case 'pending': {
      const { amount, action } = payment;
      const refusal = new PaymentPending(orderId);
      if (action === undefined) return { refusal };
      return { fact: { type: 'PaymentActionRequired', data: { amount, action, expiresAt, askAgainSeconds } }, refusal };
    }
    case 'none':
      return { refusal: new PaymentGatewayUnavailable(orderId) };
    default:
      return assertNever(payment);
  }
}

/** The decline code of a renewal that the gateway declined; nothing is authorised any more. */
const NOT_RENEWED = 'authorisation_expired';

/** The outcome of a renewal, read from the payment as it is afterwards: what is not authorised can be captured, or was undone meanwhile. */
export function afterRenewal(orderId: OrderId, payment: Payment, attempt: number): StepOutcome<PaymentAuthorised> {
  if (payment.status === 'expired') return { refusal: new PaymentDeclined(orderId, NOT_RENEWED) };
  if (payment.status !== 'authorised') return {};
  const { paymentId, amount } = payment;
  return { fact: { type: 'PaymentAuthorised', data: { paymentId, amount, attempt } } };
}

/** The outcome of a capture, read from the payment as it is afterwards. */
export function afterCapture(orderId: OrderId, payment: Payment): StepOutcome<PaymentCaptured> {
  switch (payment.status) {
    case 'captured': {
      const { paymentId, amount } = payment;
      return { fact: { type: 'PaymentCaptured', data: { paymentId, amount } } };
    }
    case 'voided':
    case 'refunded':
    case 'closed':
      return { refusal: new PaymentVoided(orderId) };
    case 'declined':
      return { refusal: new PaymentDeclined(orderId, payment.declineCode) };
    case 'pending':
    case 'none':
      return { refusal: new PaymentNotAuthorised(orderId) };
    case 'authorised':
    case 'expired':
      return { refusal: new PaymentGatewayUnavailable(orderId) };
    default:
      return assertNever(payment);
  }
}
