import { randomUUID } from 'node:crypto';
import { HttpError, type Answer } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import { behaviourOf } from './magic-tokens.ts';
import type { AuthoriseRequest, Payment, PaymentMovement, Tombstone } from './protocol.ts';

/** The gateway's rules. Each request reads, decides and writes without a pause, so requests never interleave. */
export class Payments {
  readonly #ledger: Ledger<PaymentMovement>;

  constructor(ledger: Ledger<PaymentMovement>) {
    this.#ledger = ledger;
  }

  /** Whether anything is known under `key`: a payment, or that there must not be one. */
  knows(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  get(key: string): Answer {
    return { status: 200, body: { key, ...this.#known(key) } };
  }

  authorise(key: string, { amount, currency, token }: AuthoriseRequest): Answer {
    const known = this.#find(key);
    if (known && isTombstone(known)) throw new HttpError(409, 'voided');
    if (!known) {
      const { declineCode } = behaviourOf(token);
      const moved = { paymentId: `pay_${randomUUID()}`, amount, currency };
      this.#ledger.append(key, declineCode === undefined ? { kind: 'authorisation', ...moved } : { kind: 'decline', ...moved, declineCode }, token);
    } else if (known.amount !== amount || known.currency !== currency || this.#ledger.memo(key) !== token) {
      throw new HttpError(422, 'key-reused', 'This key belongs to a payment of another amount, currency or token.');
    }
    const payment = this.#known(key);
    if (payment.status === 'declined') return { status: 402, body: { error: 'declined', declineCode: payment.declineCode } };
    if (payment.status === 'voided' || payment.status === 'refunded') throw new HttpError(409, payment.status);
    return { status: known ? 200 : 201, body: { key, ...payment } };
  }

  capture(key: string, amount: number): Answer {
    const payment = this.#known(key);
    if (payment.status === 'authorised') {
      if (amount > payment.amount) throw new HttpError(422, 'amount-too-high', `Authorised are ${payment.amount}.`);
      const { paymentId, currency } = payment;
      this.#ledger.append(key, { kind: 'capture', paymentId, amount, currency });
    } else if (payment.status === 'captured') {
      if (amount !== payment.capturedAmount) throw new HttpError(422, 'key-reused', `Captured are ${payment.capturedAmount}.`);
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

  #find(key: string): Payment | Tombstone | undefined {
    return this.#ledger.of(key).reduce<Payment | Tombstone | undefined>(evolve, undefined);
  }

  /** @throws HttpError 404 */
  #known(key: string): Payment | Tombstone {
    const payment = this.#find(key);
    if (!payment) throw new HttpError(404, 'unknown-payment');
    return payment;
  }

  #assertUndoWorks(key: string): void {
    if (behaviourOf(this.#ledger.memo(key) ?? '').undoFails) throw new HttpError(502, 'undo-unavailable');
  }
}

const isTombstone = (payment: Payment | Tombstone): payment is Tombstone => payment.paymentId === undefined;

function evolve(before: Payment | Tombstone | undefined, entry: Entry<PaymentMovement>): Payment | Tombstone {
  if (!('paymentId' in entry)) return { status: 'voided' };
  const { paymentId, currency } = entry;
  const payment = before && !isTombstone(before) ? before : undefined;
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
      const taken = payment?.status === 'captured' ? payment : { capturedAmount: 0, refundedAmount: 0 };
      const refundedAmount = taken.refundedAmount + entry.amount;
      const status = refundedAmount === taken.capturedAmount ? 'refunded' : 'captured';
      return { ...base, status, capturedAmount: taken.capturedAmount, refundedAmount };
    }
  }
}
