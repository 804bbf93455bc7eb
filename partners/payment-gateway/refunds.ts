/** The gateway's rules for refunds. */
import type { IntentBook } from './intent-book.ts';
import { refundedOf, type Shown } from './intent-state.ts';
import { newId } from './intents.ts';
import type { Refund } from './protocol.ts';
import { invalid, missing, Refusal } from './refusal.ts';
import type { Refunding } from './requests.ts';

/** A refund, and the payment intent that it is of. */
export interface RefundShown {
  readonly refund: Refund;
  readonly of: Shown;
}

export class Refunds {
  readonly #book: IntentBook;

  constructor(book: IntentBook) {
    this.#book = book;
  }

  get(id: string): RefundShown {
    const of = this.#book.ofRefund(id);
    return { refund: of.intent.refunds.find((refund) => refund.id === id)!, of };
  }

  make(asked: Refunding): RefundShown {
    const { intent, state } = this.#book.get(asked.payment_intent, 400);
    if (state.status !== 'succeeded') {
      throw invalidResult(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`);
    }
    this.#book.assertUndoWorks(intent);
    const left = state.captured - refundedOf(intent, state);
    const amount = asked.amount ?? left;
    if (left === 0) {
      throw invalidResult(`Charge ${intent.chargeId} has already been refunded.`, 'charge_already_refunded');
    }
    if (amount > left) {
      throw invalidResult(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`);
    }
    const metadata = Object.fromEntries(Object.entries(asked.metadata ?? {}).filter(([, value]) => value !== ''));
    const id = newId('re');
    const refund: Refund = {
      id,
      created: this.#book.now(),
      amount,
      metadata,
      ...(asked.reason !== undefined && { reason: asked.reason }),
    };
    const isPending = this.#book.behaviourOf(intent).refundsPend;
    const kind = isPending ? 'refund-begun' : 'refund';
    const of = this.#book.record(
      { ...intent, refunds: [...intent.refunds, refund] },
      { kind, amount, refundKey: refundKeyOf(refund), refundId: id },
    );
    if (!isPending) this.#book.happened('charge.refunded', of);
    return { refund, of };
  }

  /** Ends a refund that is on its way, or lets one fail that had succeeded, as the customer's bank may do it. */
  end(id: string, kind: 'refund' | 'refund-failed'): RefundShown {
    const { refund, of } = this.get(id);
    const status = of.state.refunds[id];
    const isPossible = kind === 'refund' ? status === 'pending' : status !== 'failed';
    if (!isPossible) throw invalid(`This refund is ${status}.`);
    const { intent } = of;
    const moved = { kind, amount: refund.amount, refundKey: refundKeyOf(refund), refundId: id };
    const after = { refund, of: this.#book.record(intent, moved) };
    this.#book.happened(kind === 'refund' ? 'refund.updated' : 'refund.failed', after.of, refund);
    return after;
  }

  /** The refunds of an intent, newest first, after one of them. */
  page(intentId: string, after?: string): Shown {
    const shown = this.#book.get(intentId, 400);
    if (after !== undefined && !shown.intent.refunds.some(({ id }) => id === after)) {
      throw missing('refund', after, 'starting_after', 400);
    }
    return shown;
  }
}

const refundKeyOf = ({ id, metadata }: Refund): string => metadata['refund_id'] ?? id;

/** A refusal that the Idempotency-Key keeps. */
const invalidResult = (message: string, code?: string): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...(code && { code }) }, {});
