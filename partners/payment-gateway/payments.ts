import { randomUUID } from 'node:crypto';
import { type Answer, HttpError } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import { behaviourOf, declineOf } from './magic-tokens.ts';
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
    return behaviourOf(this.#ledger.memo(key) ?? '').answersAfterMs;
  }

  get(key: string): Answer {
    return { status: 200, body: { key, ...this.#known(key) } };
  }

  authorise(key: string, { amount, currency, token }: AuthoriseRequest): Answer {
    const known = this.#find(key);
    if (known && isTombstone(known)) throw new HttpError(409, 'voided');
    if (!known) {
      const declineCode = declineOf(behaviourOf(token), amount);
      const moved = { paymentId: `pay_${randomUUID()}`, amount, currency };
      this.#ledger.append(
        key,
        declineCode === undefined ? { kind: 'authorisation', ...moved } : { kind: 'decline', ...moved, declineCode },
        token,
      );
    } else if (known.currency !== currency || this.#ledger.memo(key) !== token) {
      throw new HttpError(422, 'key-reused', 'This key belongs to a payment of another currency or token.');
    } else if (this.#firstAsked(key) !== amount) {
      throw new HttpError(409, 'amount-differs', `This key was authorised with ${this.#firstAsked(key)}; adjust it.`);
    }
    const payment = this.#known(key);
    if (payment.status === 'declined') return declined(payment.declineCode);
    if (payment.status === 'voided' || payment.status === 'refunded') throw new HttpError(409, payment.status);
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
      const declineCode =
        amount > payment.amount ? declineOf(behaviourOf(this.#ledger.memo(key) ?? ''), amount) : undefined;
      const moved = { paymentId: payment.paymentId, amount, currency: payment.currency, adjustmentKey };
      this.#ledger.append(
        key,
        declineCode === undefined ? { kind: 'adjustment', ...moved } : { kind: 'decline', ...moved, declineCode },
      );
      return declineCode === undefined ? this.get(key) : declined(declineCode, { key, ...payment });
    }
    return earlier.kind === 'decline' ? declined(earlier.declineCode, { key, ...payment }) : this.get(key);
  }

  /** Captures `amount` and releases the rest of the authorised amount. */
  capture(key: string, amount: number): Answer {
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
    const { undoFails, undoLocked } = behaviourOf(this.#ledger.memo(key) ?? '');
    if (undoFails) throw new HttpError(502, 'undo-unavailable');
    if (undoLocked && !this.#unlocked.has(key)) throw new HttpError(403, 'payment-locked');
  }
}

const isTombstone = (payment: Payment | Tombstone): payment is Tombstone => payment.paymentId === undefined;

const declined = (declineCode: string, payment: object = {}): Answer => ({
  status: 402,
  body: { error: 'declined', declineCode, ...payment },
});

function evolve(before: Payment | Tombstone | undefined, entry: Entry<PaymentMovement>): Payment | Tombstone {
  if (!('paymentId' in entry)) return { status: 'voided' };
  const { paymentId, currency } = entry;
  const payment = before && !isTombstone(before) ? before : undefined;
  const base = { paymentId, currency, amount: payment?.amount ?? entry.amount };
  switch (entry.kind) {
    case 'authorisation':
      return { ...base, status: 'authorised' };
    case 'adjustment':
      return { ...base, amount: entry.amount, status: 'authorised' };
    case 'decline':
      // A declined adjustment leaves the payment as it was.
      return payment ?? { ...base, status: 'declined', declineCode: entry.declineCode };
    case 'void':
      return { ...base, status: 'voided' };
    case 'capture':
      return { ...base, status: 'captured', capturedAmount: entry.amount, refundedAmount: 0, refunds: [] };
    case 'refund': {
      const taken = payment?.status === 'captured' ? payment : { capturedAmount: 0, refundedAmount: 0, refunds: [] };
      const refundedAmount = taken.refundedAmount + entry.amount;
      const refunds = [...taken.refunds, { refundKey: entry.refundKey, amount: entry.amount }];
      const status = refundedAmount === taken.capturedAmount ? 'refunded' : 'captured';
      return { ...base, status, capturedAmount: taken.capturedAmount, refundedAmount, refunds };
    }
  }
}
