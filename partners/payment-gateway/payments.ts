import { randomUUID } from 'node:crypto';
import { type Answer, HttpError } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { type Behaviour, behaviourOf, declineOf } from './magic-tokens.ts';
import { evolve, isTombstone } from './payment-state.ts';
import type { AuthoriseRequest, Payment, PaymentMovement, Tombstone } from './protocol.ts';

/** The gateway's rules. Each request reads, decides and writes synchronously, so requests never interleave. */
export class Payments {
  readonly #ledger: Ledger<PaymentMovement>;
  /** Keys of payments that the gateway's staff has unlocked; forgotten when the gateway ends. */
  readonly #unlocked = new Set<string>();

  constructor(ledger: Ledger<PaymentMovement>) {
    this.#ledger = ledger;
  }

  /** Whether `key` has a payment or a tombstone. */
  knows(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** The delay of answers to changes of this payment, in milliseconds. */
  answersAfterMs(key: string): number | undefined {
    return this.#behaviourOf(key).answersAfterMs;
  }

  statusOf(key: string): string {
    return this.#known(key).status;
  }

  get(key: string): Answer {
    return { status: 200, body: { key, ...this.#known(key) } };
  }

  authorise(key: string, { amount, currency, token }: AuthoriseRequest): Answer {
    const known = this.#find(key);
    if (known && isTombstone(known)) throw new HttpError(409, 'voided');
    if (!known) {
      const behaviour = behaviourOf(token);
      const declineCode = declineOf(behaviour, amount);
      const moved = { paymentId: `pay_${randomUUID()}`, amount, currency };
      const kind = behaviour.challenge === undefined ? 'authorisation' : 'challenge';
      this.#ledger.append(
        key,
        declineCode === undefined ? { kind, ...moved } : { kind: 'decline', ...moved, declineCode },
        token,
      );
    } else if (known.currency !== currency || this.#ledger.memo(key) !== token) {
      throw new HttpError(422, 'key-reused', 'This key belongs to a payment of another currency or token.');
    } else if (this.#firstAsked(key) !== amount) {
      throw new HttpError(409, 'amount-differs', `This key was authorised with ${this.#firstAsked(key)}; adjust it.`);
    }
    const payment = this.#known(key);
    if (payment.status === 'declined') return declined(payment.declineCode);
    if (['voided', 'refunded', 'expired'].includes(payment.status)) throw new HttpError(409, payment.status);
    return { status: known ? 200 : 201, body: { key, ...payment } };
  }

  /** Changes the authorised amount. When the card is declined for it, the previous amount stays authorised. */
  adjust(key: string, adjustmentKey: string, amount: number): Answer {
    const payment = this.#known(key);
    if (payment.status !== 'authorised') throw new HttpError(409, payment.status);
    const earlier = this.#ledger
      .of(key)
      .find((entry) => 'adjustmentKey' in entry && entry.adjustmentKey === adjustmentKey);
    if (earlier && earlier.amount !== amount) {
      throw new HttpError(422, 'key-reused', `This Idempotency-Key adjusted to ${earlier.amount}.`);
    }
    if (!earlier) {
      const declineCode = amount > payment.amount ? declineOf(this.#behaviourOf(key), amount) : undefined;
      const moved = { paymentId: payment.paymentId, amount, currency: payment.currency, adjustmentKey };
      this.#ledger.append(
        key,
        declineCode === undefined ? { kind: 'adjustment', ...moved } : { kind: 'decline', ...moved, declineCode },
      );
      return declineCode === undefined ? this.get(key) : declined(declineCode, { key, ...payment });
    }
    return earlier.kind === 'decline' ? declined(earlier.declineCode, { key, ...payment }) : this.get(key);
  }

  /**
   * What the customer has answered to the challenge of the bank. A repetition changes nothing.
   * @returns whether it ended the challenge
   */
  answerChallenge(key: string, isPassed: boolean): boolean {
    const payment = this.#known(key);
    if (payment.status !== 'requires_action') return false;
    const { challenge } = this.#behaviourOf(key);
    if (challenge === 'open') return false;
    const { paymentId, amount, currency } = payment;
    const moved = { paymentId, amount, currency };
    this.#ledger.append(
      key,
      isPassed && challenge !== 'fails'
        ? { kind: 'authorisation', ...moved }
        : { kind: 'decline', ...moved, declineCode: 'authentication_failed' },
    );
    return true;
  }

  /** Lets the authorisation lapse, as time would do it. */
  expire(key: string): Answer {
    const payment = this.#known(key);
    if (payment.status === 'authorised') {
      const { paymentId, amount, currency } = payment;
      this.#ledger.append(key, { kind: 'expiry', paymentId, amount, currency });
    }
    return this.get(key);
  }

  /**
   * Authorises `amount` anew, once per `renewalKey`: what has lapsed, or what is still held, which is released first. The customer is not
   * there to pass a challenge. When the card is declined, nothing is held.
   */
  renew(key: string, renewalKey: string, amount: number): Answer {
    const earlier = this.#ledger.of(key).find((entry) => 'renewalKey' in entry && entry.renewalKey === renewalKey);
    if (earlier && earlier.amount !== amount) {
      throw new HttpError(422, 'key-reused', `This Idempotency-Key authorised ${earlier.amount} anew.`);
    }
    if (earlier?.kind === 'decline') return declined(earlier.declineCode, { key, ...this.#known(key) });
    if (earlier) return this.get(key);
    const { status } = this.#known(key);
    if (status !== 'authorised' && status !== 'expired') throw new HttpError(409, status);
    this.expire(key);
    const lapsed = this.#known(key) as Payment;
    const behaviour = this.#behaviourOf(key);
    const declineCode = behaviour.lapses?.renewal ?? declineOf(behaviour, amount);
    const moved = { paymentId: `pay_${randomUUID()}`, amount, currency: lapsed.currency, renewalKey };
    if (declineCode !== undefined) {
      this.#ledger.append(key, { kind: 'decline', ...moved, declineCode });
      return declined(declineCode, { key, ...lapsed });
    }
    this.#ledger.append(key, { kind: 'authorisation', ...moved });
    return this.get(key);
  }

  /** Captures `amount` and releases the rest of the authorised amount. */
  capture(key: string, amount: number): Answer {
    const isRenewed = this.#ledger.of(key).some((entry) => 'renewalKey' in entry);
    if (this.#behaviourOf(key).lapses && !isRenewed) this.expire(key);
    const payment = this.#known(key);
    if (payment.status === 'authorised') {
      if (amount > payment.amount) throw new HttpError(409, 'not-enough-held', `Held are ${payment.amount}.`);
      const { paymentId, currency } = payment;
      this.#ledger.append(key, { kind: 'capture', paymentId, amount, currency });
    } else if (payment.status === 'captured') {
      if (amount !== payment.capturedAmount) {
        throw new HttpError(422, 'key-reused', `Captured are ${payment.capturedAmount}.`);
      }
    } else {
      throw new HttpError(409, payment.status);
    }
    return this.get(key);
  }

  void(key: string): Answer {
    const payment = this.#find(key);
    if (!payment) {
      this.#ledger.append(key, { kind: 'void', amount: 0 });
    } else if (payment.status === 'captured' || payment.status === 'refunded') {
      throw new HttpError(409, 'captured', 'Refund it instead.');
    } else if (payment.status === 'authorised') {
      this.#assertUndoWorks(key);
      const { paymentId, amount, currency } = payment;
      this.#ledger.append(key, { kind: 'void', paymentId, amount, currency });
    } else if (payment.status === 'expired') {
      const { paymentId, currency } = payment;
      this.#ledger.append(key, { kind: 'void', paymentId, amount: 0, currency });
    } else if (payment.status === 'requires_action') {
      this.#ledger.append(key, { kind: 'void', amount: 0 });
    }
    return this.get(key);
  }

  refund(key: string, refundKey: string, amount: number): Answer {
    const payment = this.#known(key);
    if (payment.status !== 'captured' && payment.status !== 'refunded') {
      throw new HttpError(409, 'not-captured', `The payment is ${payment.status}.`);
    }
    this.#assertUndoWorks(key);
    const earlier = this.#ledger.of(key).find((entry) => entry.kind === 'refund' && entry.refundKey === refundKey);
    if (earlier && earlier.amount !== amount) {
      throw new HttpError(422, 'key-reused', `This Idempotency-Key refunded ${earlier.amount}.`);
    }
    if (!earlier) {
      const left = payment.capturedAmount - payment.refundedAmount;
      if (amount > left) throw new HttpError(409, 'not-enough-left', `Left of the capture are ${left}.`);
      this.#ledger.append(key, {
        kind: 'refund',
        paymentId: payment.paymentId,
        amount,
        currency: payment.currency,
        refundKey,
      });
    }
    return this.get(key);
  }

  unlock(key: string): Answer {
    const payment = this.get(key);
    this.#unlocked.add(key);
    return payment;
  }

  #behaviourOf(key: string): Behaviour {
    return behaviourOf(this.#ledger.memo(key) ?? '');
  }

  #find(key: string): Payment | Tombstone | undefined {
    return this.#ledger.of(key).reduce<Payment | Tombstone | undefined>(evolve, undefined);
  }

  /** @throws HttpError 404 */
  #known(key: string): Payment | Tombstone {
    const payment = this.#find(key);
    if (!payment) throw new HttpError(404, 'unknown-payment');
    return payment;
  }

  /** The amount of the first authorisation. */
  #firstAsked(key: string): number | undefined {
    return this.#ledger.of(key)[0]?.amount;
  }

  #assertUndoWorks(key: string): void {
    const { undoFails, undoLocked } = this.#behaviourOf(key);
    if (undoFails) throw new HttpError(502, 'undo-unavailable');
    if (undoLocked && !this.#unlocked.has(key)) throw new HttpError(403, 'payment-locked');
  }
}

const declined = (declineCode: string, payment: object = {}): Answer => ({
  status: 402,
  body: { error: 'declined', declineCode, ...payment },
});
