/** Objects of the API as the gateway shows them: docs.stripe.com/api, of the version that the header `Stripe-Version` names. */
import { HOLD_MS, refundedOf, type Shown } from './intent-state.ts';
import type { Intent, Refund } from './protocol.ts';
import type { ErrorBody } from './refusal.ts';
import type { Expand } from './requests.ts';

const seconds = (ms: number): number => Math.floor(ms / 1_000);

/** The page of the customer's bank about a key, at the host that the merchant has asked. */
export const pageAt =
  (host: string) =>
  (key: string): string =>
    `http://${host}/challenge/${key}`;

/** @param pageOf the page on which the customer's bank asks, of a key */
export function shownIntent({ intent, state }: Shown, pageOf: ReturnType<typeof pageAt>, expand: Expand = []): object {
  const { id, metadata, currency } = intent;
  const { status, amount, captured, cancelled, declineCode } = state;
  const isCharged = state.heldSince !== undefined || declineCode !== undefined;
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: ['card'],
    amount,
    amount_capturable: status === 'requires_capture' ? amount : 0,
    amount_received: captured,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: cancelled === undefined ? null : seconds(cancelled.at),
    cancellation_reason: cancelled?.reason ?? null,
    capture_method: 'manual',
    client_secret: null,
    confirmation_method: 'automatic',
    created: seconds(intent.created),
    currency,
    customer: null,
    description: intent.description ?? null,
    last_payment_error: declineCode === undefined ? null : declineError(declineCode, intent),
    latest_charge: isCharged ? chargeOrId({ intent, state }, 'latest_charge', expand) : null,
    livemode: false,
    metadata,
    next_action: status === 'requires_action' ? nextAction(intent, pageOf) : null,
    on_behalf_of: null,
    payment_method: intent.paymentMethod ?? null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        ...(intent.isRaisable && { request_incremental_authorization: 'if_available' }),
        request_three_d_secure: 'automatic',
      },
    },
    payment_method_types: ['card'],
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_group: null,
  };
}

/** The charge is shown instead of its id when that is asked for under this name, with its refunds or without. */
function chargeOrId(shown: Shown, name: string, expand: Expand): object | string | undefined {
  const withRefunds = expand.includes(`${name}.refunds`);
  return withRefunds || expand.includes(name) ? shownCharge(shown, withRefunds) : shown.intent.chargeId;
}

function nextAction({ key, returnUrl }: Intent, pageOf: ReturnType<typeof pageAt>): object {
  if (returnUrl === undefined) return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } };
  return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url: pageOf(key) } };
}

export function shownCharge({ intent, state }: Shown, withRefunds = false): object {
  const refunded = refundedOf(intent, state);
  return {
    id: intent.chargeId,
    object: 'charge',
    amount: state.amount,
    amount_captured: state.captured,
    amount_refunded: refunded,
    captured: state.captured > 0,
    created: seconds(state.heldSince ?? intent.created),
    currency: intent.currency,
    livemode: false,
    metadata: intent.metadata,
    paid: state.heldSince !== undefined,
    payment_intent: intent.id,
    payment_method: intent.paymentMethod ?? intent.declinedMethod,
    payment_method_details: {
      type: 'card',
      card: {
        ...(state.status === 'requires_capture' && { capture_before: seconds(state.heldSince! + HOLD_MS) }),
        incremental_authorization: { status: intent.isRaisable ? 'available' : 'unavailable' },
      },
    },
    refunded: state.captured > 0 && refunded === state.captured,
    ...(withRefunds && { refunds: refundList({ intent, state }, 10) }),
    status: state.heldSince === undefined ? 'failed' : 'succeeded',
  };
}

/** @param after the refunds that are older than this one */
export function refundList({ intent, state }: Shown, limit: number, after?: string): object {
  const newestFirst = [...intent.refunds].reverse();
  const rest = newestFirst.slice(after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1);
  return {
    object: 'list',
    data: rest.slice(0, limit).map((refund) => shownRefund(refund, { intent, state })),
    has_more: rest.length > limit,
    url: '/v1/refunds',
  };
}

export function shownRefund(
  { id, created, amount, metadata, reason }: Refund,
  { intent, state }: Shown,
  expand: Expand = [],
): object {
  const status = state.refunds[id]!;
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: chargeOrId({ intent, state }, 'charge', expand),
    created: seconds(created),
    currency: intent.currency,
    ...(status === 'failed' && { failure_reason: 'unknown' }),
    metadata,
    payment_intent: intent.id,
    ...(status === 'pending' && { pending_reason: 'processing' }),
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}

/** docs.stripe.com/declines/codes and docs.stripe.com/error-codes. */
export function declineError(declineCode: string, { chargeId, paymentMethod, declinedMethod }: Intent): ErrorBody {
  const about = {
    charge: chargeId,
    payment_method: { id: declinedMethod ?? paymentMethod, object: 'payment_method', type: 'card' },
  };
  switch (declineCode) {
    case 'authentication_failed':
      return {
        type: 'invalid_request_error',
        code: 'payment_intent_authentication_failure',
        message: 'The provided PaymentMethod has failed authentication.',
        ...about,
      };
    case 'authentication_required':
      return {
        type: 'card_error',
        code: declineCode,
        decline_code: declineCode,
        message: 'Your card was declined. This transaction requires authentication.',
        ...about,
      };
    default:
      return {
        type: 'card_error',
        code: 'card_declined',
        decline_code: declineCode,
        message: 'Your card was declined.',
        ...about,
      };
  }
}
