import { PaymentRequestRefused } from '../../../functions/payments/domain/errors.ts';
import type { Payment } from '../../../functions/payments/domain/payment.ts';
import type { PaymentGateway } from '../../../functions/payments/ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';

/** So much money moved; `kind` says in which direction. A decline and a tombstone (a void of 0) move nothing. */
export interface Movement {
  readonly kind: 'authorisation' | 'decline' | 'capture' | 'void' | 'refund';
  readonly amount: number;
}

interface Account {
  readonly payment: Payment;
  readonly asked?: { readonly amount: number; readonly token: string };
  readonly movements: readonly Movement[];
}

const NOTHING: Account = { payment: { status: 'none' }, movements: [] };

/** The gateway in memory; it passes the same contract suite as the adapter over HTTP. `tok_declined` is declined. */
export class FakePaymentGateway implements PaymentGateway {
  readonly #accounts = new Map<OrderId, Account>();

  ledger(orderId: OrderId): readonly Movement[] {
    return this.#account(orderId).movements;
  }

  async find(orderId: OrderId): Promise<Payment> {
    return this.#account(orderId).payment;
  }

  async authorise(orderId: OrderId, amount: Money, token: string): Promise<Payment> {
    const { payment, asked } = this.#account(orderId);
    if (asked && (asked.amount !== amount.amount || asked.token !== token)) throw new PaymentRequestRefused(orderId, 'key-reused');
    if (payment.status !== 'none') return payment;
    const opened: Payment = token === 'tok_declined'
      ? { status: 'declined', declineCode: 'insufficient_funds' }
      : { status: 'authorised', paymentId: `pay-${orderId}`, amount };
    const kind = opened.status === 'declined' ? 'decline' : 'authorisation';
    return this.#move(orderId, opened, { kind, amount: amount.amount }, { amount: amount.amount, token });
  }

  async capture(orderId: OrderId, amount: Money): Promise<Payment> {
    const { payment } = this.#account(orderId);
    if (payment.status !== 'authorised') return payment;
    if (amount.amount > payment.amount.amount) throw new PaymentRequestRefused(orderId, 'amount-too-high');
    return this.#move(orderId, { ...payment, status: 'captured', amount }, { kind: 'capture', amount: amount.amount });
  }

  async void(orderId: OrderId): Promise<Payment> {
    const { payment } = this.#account(orderId);
    if (payment.status === 'none') return this.#move(orderId, { status: 'closed' }, { kind: 'void', amount: 0 });
    if (payment.status !== 'authorised') return payment;
    const { paymentId, amount } = payment;
    return this.#move(orderId, { status: 'voided', paymentId }, { kind: 'void', amount: amount.amount });
  }

  async refund(orderId: OrderId, amount: Money): Promise<Payment> {
    const { payment } = this.#account(orderId);
    if (payment.status !== 'captured') return payment;
    if (amount.amount > payment.amount.amount) throw new PaymentRequestRefused(orderId, 'amount-too-high');
    return this.#move(orderId, { ...payment, status: 'refunded', amount }, { kind: 'refund', amount: amount.amount });
  }

  #account(orderId: OrderId): Account {
    return this.#accounts.get(orderId) ?? NOTHING;
  }

  #move(orderId: OrderId, payment: Payment, movement: Movement, asked = this.#account(orderId).asked): Payment {
    this.#accounts.set(orderId, { payment, movements: [...this.#account(orderId).movements, movement], ...(asked ? { asked } : {}) });
    return payment;
  }
}
