import { randomUUID } from 'node:crypto';
import { HttpError, type Answer } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import { behaviourOf } from './magic-tokens.ts';
import type { AuthoriseRequest, Payment, PaymentMovement } from './protocol.ts';

/** The gateway's rules. Each request reads, decides and writes without a pause, so requests never interleave. */
export class Payments {
  readonly #ledger: Ledger<PaymentMovement>;

  constructor(ledger: Ledger<PaymentMovement>) {
    this.#ledger = ledger;
  }

  /** Whether anything is known under `key`: a payment, or that there must not be one. */
  knows(key: string): boolean {
    return this.#ledger.isBuried(key) || this.#find(key) !== undefined;
  }

  get(key: string): Answer {
    const payment = this.#find(key);
    if (payment) return { status: 200, body: { key, ...payment } };
    if (this.#ledger.isBuried(key)) return closed(key);
    throw new HttpError(404, 'unknown-payment');
  }

  authorise(key: string, { amount, currency, token }: AuthoriseRequest): Answer {
    const known = this.#find(key);
    if (!known && this.#ledger.isBuried(key)) throw new HttpError(409, 'voided');
    if (!known) {
      const { declineCode } = behaviourOf(token);
      const moved = { paymentId: `pay_${randomUUID()}`, amount, currency };
      this.#ledger.append(key, declineCode === undefined ? { kind: 'authorisation', ...moved } : { kind: 'decline', ...moved, declineCode }, token);
    } else if (known.amount !== amount || known.currency !== currency || this.#ledger.memo(key) !== token) {
      throw new HttpError(422, 'key-reused', 'This key belongs to a payment of another amount, currency or token.');
    }
    const payment = this.#existing(key);
    if (payment.status === 'declined') return { status: 402, body: { error: 'declined', declineCode: payment.declineCode } };
    if (payment.status === 'voided' || payment.status === 'refunded') throw new HttpError(409, payment.status);
    return { status: known ? 200 : 201, body: { key, ...payment } };
  }

  capture(key: string, amount: number): Answer {
    const payment = this.#find(key);
    if (!payment) throw this.#ledger.isBuried(key) ? new HttpError(409, 'voided') : new HttpError(404, 'unknown-payment');
    const { status, paymentId, currency } = payment;
    if (status === 'authorised') {
      if (amount > payment.amount) throw new HttpError(422, 'amount-too-high', `Authorised are ${payment.amount}.`);
      this.#ledger.append(key, { kind: 'capture', paymentId, amount, currency });
    } else if (status === 'captured') {
      if (amount !== payment.capturedAmount) throw new HttpError(422, 'key-reused', `Captured are ${payment.capturedAmount}.`);
    } else {
      throw new HttpError(409, status);
    }
    return this.get(key);
  }

  void(key: string): Answer {
    const payment = this.#find(key);
    if (!payment) {
      this.#ledger.bury(key);
      return closed(key);
    }
    const { status, paymentId, amount, currency } = payment;
    if (status === 'captured' || status === 'refunded') throw new HttpError(409, 'captured', 'Refund it instead.');
    if (status === 'authorised') {
      this.#assertUndoWorks(key);
      this.#ledger.append(key, { kind: 'void', paymentId, amount, currency });
    }
    return this.get(key);
  }

  refund(key: string, refundKey: string, amount: number): Answer {
    const payment = this.#find(key);
    if (!payment) throw new HttpError(404, 'unknown-payment');
    if (payment.status !== 'captured' && payment.status !== 'refunded') throw new HttpError(409, 'not-captured', `The payment is ${payment.status}.`);
    this.#assertUndoWorks(key);
    const earlier = this.#ledger.of(key).find((entry) => entry.kind === 'refund' && entry.refundKey === refundKey);
    if (earlier && earlier.amount !== amount) throw new HttpError(422, 'key-reused', `This Idempotency-Key refunded ${earlier.amount}.`);
    if (!earlier) {
      const left = payment.capturedAmount - payment.refundedAmount;
      if (amount > left) throw new HttpError(422, 'amount-too-high', `Left of the capture are ${left}.`);
      this.#ledger.append(key, { kind: 'refund', paymentId: payment.paymentId, amount, currency: payment.currency, refundKey });
    }
    return this.get(key);
  }

  #find(key: string): Payment | undefined {
    return this.#ledger.of(key).reduce<Payment | undefined>(evolve, undefined);
  }

  #existing(key: string): Payment {
    const payment = this.#find(key);
    if (!payment) throw new Error(`The ledger does not hold the payment that was just written: ${key}.`);
    return payment;
  }

  #assertUndoWorks(key: string): void {
    if (behaviourOf(this.#ledger.memo(key) ?? '').undoFails) throw new HttpError(502, 'undo-unavailable');
  }
}

/** A key that was voided before it was authorised. */
const closed = (key: string): Answer => ({ status: 200, body: { key, status: 'voided' } });

function evolve(payment: Payment | undefined, entry: Entry<PaymentMovement>): Payment {
  const { paymentId, currency } = entry;
  const base = { paymentId, currency, amount: payment?.amount ?? entry.amount };
  switch (entry.kind) {
    case 'authorisation':
      return { ...base, status: 'authorised' };
    case 'decline':
      return { ...base, status: 'declined', declineCode: entry.declineCode };
    case 'void':
      return { ...base, status: 'voided' };
    case 'capture':
      return { ...base, status: 'captured', capturedAmount: entry.amount, refundedAmount: 0 };
    case 'refund': {
      const before = payment?.status === 'captured' ? payment : { capturedAmount: 0, refundedAmount: 0 };
      const refundedAmount = before.refundedAmount + entry.amount;
      const status = refundedAmount === before.capturedAmount ? 'refunded' : 'captured';
      return { ...base, status, capturedAmount: before.capturedAmount, refundedAmount };
    }
  }
}
