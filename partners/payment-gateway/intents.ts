/** The gateway's rules for payment intents. Each request reads, decides and writes synchronously, so requests never interleave. */
import { randomUUID } from 'node:crypto';
import { checkAmount } from './currencies.ts';
import type { IntentBook } from './intent-book.ts';
import type { Shown } from './intent-state.ts';
import { behaviourOf, declineOf, isToken } from './magic-tokens.ts';
import type { Intent } from './protocol.ts';
import { invalid, missing, Refusal, unexpected } from './refusal.ts';
import type { Confirmation, Creation, Update } from './requests.ts';
import { declineError } from './shown.ts';

/** An intent in one of these statuses can be changed. */
const OPEN: readonly string[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

export class Intents {
  readonly book: IntentBook;

  constructor(book: IntentBook) {
    this.book = book;
  }

  create(asked: Creation): Shown {
    const currency = asked.currency.toLowerCase();
    checkAmount(asked.amount, currency);
    const id = newId('pi');
    const metadata = withMetadata({}, asked.metadata);
    const intent: Intent = {
      id,
      key: metadata['order_id'] ?? id,
      created: this.book.now(),
      amount: asked.amount,
      currency,
      metadata,
      ...(asked.description !== undefined && { description: asked.description }),
      ...(asked.payment_method !== undefined && { paymentMethod: knownMethod(asked.payment_method) }),
      refunds: [],
    };
    return this.book.put(intent);
  }

  update(id: string, asked: Update): Shown {
    const shown = this.book.get(id);
    const { intent, state } = shown;
    const changed = asked.amount === undefined ? asked.payment_method && 'payment_method' : 'amount';
    if (changed && !OPEN.includes(state.status)) {
      throw unexpected(
        `This PaymentIntent's ${changed} could not be updated because it has a status of ${state.status}. You may only update the ${changed} of a PaymentIntent with one of the following statuses: ${OPEN.join(', ')}.`,
        shown,
      );
    }
    if (asked.amount !== undefined) checkAmount(asked.amount, intent.currency);
    // The bank asks its customer about one amount and one card.
    if (changed && state.status === 'requires_action') {
      this.book.append(intent, { kind: 'challenge-ended', amount: state.amount });
    }
    return this.book.put({
      ...intent,
      amount: asked.amount ?? intent.amount,
      metadata: withMetadata(intent.metadata, asked.metadata),
      ...(asked.description !== undefined && { description: asked.description }),
      ...(asked.payment_method !== undefined && { paymentMethod: knownMethod(asked.payment_method) }),
    });
  }

  confirm(id: string, asked: Confirmation): Shown {
    const shown = this.book.get(id);
    const paymentMethod = asked.payment_method ?? shown.intent.paymentMethod;
    const { status } = shown.state;
    if (status === 'requires_action' && paymentMethod === shown.intent.paymentMethod) return shown;
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(status)) {
      throw unexpected(
        `You cannot confirm this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`,
        shown,
      );
    }
    if (paymentMethod === undefined) {
      throw unexpected("You cannot confirm this PaymentIntent because it's missing a payment method.", shown);
    }
    const { declinedMethod: _, ...open } = shown.intent;
    const isRaisable = asked.payment_method_options?.card.request_incremental_authorization === 'if_available';
    const { intent } = this.book.put({
      ...open,
      paymentMethod: knownMethod(paymentMethod),
      chargeId: newId('ch'),
      isRaisable,
      ...(asked.return_url !== undefined && { returnUrl: asked.return_url }),
    });
    const behaviour = behaviourOf(paymentMethod);
    const declineCode =
      (this.book.isRenewal(intent) ? behaviour.lapses?.renewal : undefined) ?? declineOf(behaviour, intent.amount);
    if (declineCode !== undefined) return this.#declined(intent, declineCode);
    if (behaviour.challenge !== undefined) {
      if (asked.off_session) return this.#declined(intent, 'authentication_required');
      return this.book.moved(intent, { kind: 'challenge', amount: intent.amount }, 'payment_intent.requires_action');
    }
    return this.#authorised(intent);
  }

  /**
   * Authorises a higher amount. When the card is declined for it, the intent is as before.
   * @param key of the request
   */
  raise(id: string, amount: number, key?: string): Shown {
    const shown = this.book.get(id);
    const { intent, state } = shown;
    if (state.status !== 'requires_capture') {
      throw unexpected(
        `This PaymentIntent could not be incremented because it has a status of ${state.status}. Only a PaymentIntent with one of the following statuses may be incremented: requires_capture.`,
        shown,
      );
    }
    if (!intent.isRaisable) throw invalid("This PaymentIntent isn't eligible for incremental authorization.");
    checkAmount(amount, intent.currency);
    if (amount <= state.amount) throw invalid(`Amount must be greater than ${state.amount}.`, undefined, 'amount');
    const declineCode = declineOf(this.book.behaviourOf(intent), amount);
    const moved = { amount, ...(key !== undefined && { adjustmentKey: key }) };
    if (declineCode === undefined) {
      return this.book.moved(intent, { kind: 'adjustment', ...moved }, 'payment_intent.amount_capturable_updated');
    }
    this.book.append(intent, { kind: 'decline', ...moved, declineCode, ofRaise: true });
    throw new Refusal(402, declineError(declineCode, intent), { about: shown });
  }

  /** Captures `amount`, or all that is held, and releases the rest. */
  capture(id: string, amount?: number): Shown {
    const before = this.book.get(id);
    const lapsesNow = this.book.behaviourOf(before.intent).lapses !== undefined && !this.book.isRenewal(before.intent);
    const shown = lapsesNow ? this.book.lapsed(before) : before;
    const { intent, state } = shown;
    if (state.status !== 'requires_capture') {
      throw unexpected(
        `This PaymentIntent could not be captured because it has a status of ${state.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
        shown,
      );
    }
    const taken = amount ?? state.amount;
    if (taken > state.amount) {
      throw invalid(`Amount to capture must be no more than ${state.amount}.`, 'amount_too_large', 'amount_to_capture');
    }
    return this.book.moved(intent, { kind: 'capture', amount: taken }, 'payment_intent.succeeded');
  }

  cancel(id: string, reason?: string): Shown {
    const shown = this.book.get(id);
    const { intent, state } = shown;
    if (state.status === 'succeeded' || state.status === 'canceled') {
      throw unexpected(
        `You cannot cancel this PaymentIntent because it has a status of ${state.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
        shown,
      );
    }
    const held = state.status === 'requires_capture' ? state.amount : 0;
    if (held > 0) this.book.assertUndoWorks(intent);
    return this.book.moved(
      intent,
      { kind: 'void', amount: held, ...(reason && { reason }) },
      'payment_intent.canceled',
    );
  }

  /**
   * What the customer has answered to the challenge of the bank. A repetition changes nothing.
   * @returns the newest intent of the key
   */
  answerChallenge(key: string, isPassed: boolean): Shown {
    const shown = this.book.of(key)[0]!;
    const { intent, state } = shown;
    const { challenge } = this.book.behaviourOf(intent);
    if (state.status !== 'requires_action' || challenge === 'open') return shown;
    if (isPassed && challenge !== 'fails') return this.#authorised(intent);
    this.#decline(intent, 'authentication_failed');
    return this.book.get(intent.id);
  }

  #authorised(intent: Intent): Shown {
    return this.book.moved(
      intent,
      { kind: 'authorisation', amount: intent.amount },
      'payment_intent.amount_capturable_updated',
    );
  }

  #declined(intent: Intent, declineCode: string): never {
    const shown = this.#decline(intent, declineCode);
    throw new Refusal(402, declineError(declineCode, shown.intent), { about: shown });
  }

  #decline(intent: Intent, declineCode: string): Shown {
    const { paymentMethod, ...open } = intent;
    this.book.append(intent, { kind: 'decline', amount: intent.amount, declineCode });
    const shown = this.book.put({ ...open, ...(paymentMethod && { declinedMethod: paymentMethod }) });
    this.book.happened('payment_intent.payment_failed', shown);
    return shown;
  }
}

/** @throws Refusal */
function knownMethod(token: string): string {
  if (!isToken(token)) throw missing('PaymentMethod', token, 'payment_method', 400);
  return token;
}

/** An empty value takes its key away. */
function withMetadata(
  before: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...before, ...asked }).filter(([, value]) => value !== ''));
}
