/** What has become of an intent, folded from the entries of the ledger. */
import type { Entry } from '../shared/ledger.ts';
import type { Intent, PaymentMovement } from './protocol.ts';

/** How long an authorisation of a card holds: docs.stripe.com/payments/place-a-hold-on-a-payment-method, `capture_before`. */
export const HOLD_MS = 7 * 24 * 3_600_000;

export type RefundStatus = 'pending' | 'succeeded' | 'failed';

export interface IntentState {
  readonly status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'requires_capture'
    | 'succeeded'
    | 'canceled';
  /** Asked for, or authorised, in minor units. */
  readonly amount: number;
  readonly captured: number;
  /** Why the last confirmation was declined. */
  readonly declineCode?: string;
  /** When it was authorised, in milliseconds since the epoch. */
  readonly heldSince?: number;
  readonly cancelled?: { readonly at: number; readonly reason?: string };
  /** By their ids. */
  readonly refunds: Readonly<Record<string, RefundStatus>>;
}

/** An intent with what has become of it. */
export interface Shown {
  readonly intent: Intent;
  readonly state: IntentState;
}

/** @param entries of the intent alone, oldest first */
export function stateOf(intent: Intent, entries: readonly Entry<PaymentMovement>[]): IntentState {
  const asked: IntentState = { status: 'requires_payment_method', amount: intent.amount, captured: 0, refunds: {} };
  const state = entries.reduce(evolve, asked);
  if (state.status !== 'requires_payment_method' || intent.paymentMethod === undefined) return state;
  return { ...state, status: 'requires_confirmation' };
}

const ENDS = { 'refund-begun': 'pending', refund: 'succeeded', 'refund-failed': 'failed' } as const;

function evolve(state: IntentState, entry: Entry<PaymentMovement>): IntentState {
  const { amount } = entry;
  const at = Date.parse(entry.at);
  switch (entry.kind) {
    case 'challenge':
      return { ...withoutError(state), status: 'requires_action' };
    case 'challenge-ended':
      return { ...state, status: 'requires_payment_method' };
    case 'authorisation':
      return { ...withoutError(state), status: 'requires_capture', amount, heldSince: at };
    case 'adjustment':
      return { ...state, amount };
    case 'decline':
      if (entry.ofRaise) return state;
      return { ...state, status: 'requires_payment_method', declineCode: entry.declineCode };
    case 'expiry':
      return { ...state, status: 'canceled', cancelled: { at, reason: 'automatic' } };
    case 'void':
      return { ...state, status: 'canceled', cancelled: { at, ...(entry.reason && { reason: entry.reason }) } };
    case 'capture':
      return { ...state, status: 'succeeded', captured: amount };
    case 'refund':
    case 'refund-begun':
    case 'refund-failed':
      return { ...state, refunds: { ...state.refunds, [entry.refundId]: ENDS[entry.kind] } };
  }
}

function withoutError({ declineCode: _, ...state }: IntentState): IntentState {
  return state;
}

/** Given back, or about to be, in minor units. */
export const refundedOf = ({ refunds }: Intent, state: IntentState): number =>
  refunds.filter(({ id }) => state.refunds[id] !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
