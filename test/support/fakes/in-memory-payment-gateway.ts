import { PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused } from '../../../functions/payments/domain/errors.ts';
import type { Payment } from '../../../functions/payments/domain/payment.ts';
import type { PaymentGateway } from '../../../functions/payments/ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';
import { Fates } from './fate.ts';

export type PaymentMovement = 'authorisation' | 'decline' | 'capture' | 'void' | 'refund';

interface Account {
  readonly payment: Payment;
  /** What was asked for first. */
  readonly amount?: number;
}

/** The port in memory; it passes the same contract suite as the HTTP adapter. `tok_declined` is declined, other tokens work. */
export class InMemoryPaymentGateway implements PaymentGateway {
  readonly fates = new Fates();
  readonly #accounts = new Map<OrderId, Account>();
  readonly #movements = new Map<OrderId, PaymentMovement[]>();

  movements(orderId: OrderId): readonly PaymentMovement[] {
    return this.#movements.get(orderId) ?? [];
  }

  async find(orderId: OrderId): Promise<Payment> {
    return this.#accounts.get(orderId)?.payment ?? { status: 'none' };
  }

  async authorise(orderId: OrderId, amount: Money, token: string): Promise<Payment> {
    return this.#change(orderId, () => {
      const known = this.#accounts.get(orderId);
      if (known?.amount !== undefined && known.amount !== amount.amount) throw new PaymentRequestRefused(orderId, 'key-reused');
      if (known) return;
      const paymentId = `pay-${orderId}`;
      const payment: Payment = token === 'tok_declined'
        ? { status: 'declined', declineCode: 'insufficient_funds' }
        : { status: 'authorised', paymentId, amount };
      this.#move(orderId, payment.status === 'declined' ? 'decline' : 'authorisation', { payment, amount: amount.amount });
    });
  }

  async capture(orderId: OrderId, amount: Money): Promise<Payment> {
    return this.#change(orderId, () => {
      const payment = this.#accounts.get(orderId)?.payment;
      if (payment?.status !== 'authorised') return;
      if (amount.amount > payment.amount.amount) throw new PaymentRequestRefused(orderId, 'amount-too-high');
      this.#move(orderId, 'capture', { payment: { ...payment, status: 'captured', amount } });
    });
  }

  async void(orderId: OrderId): Promise<Payment> {
    return this.#change(orderId, () => {
      const payment = this.#accounts.get(orderId)?.payment;
      if (!payment) this.#accounts.set(orderId, { payment: { status: 'closed' } });
      if (payment?.status === 'authorised') this.#move(orderId, 'void', { payment: { status: 'voided', paymentId: payment.paymentId } });
    });
  }

  async refund(orderId: OrderId, amount: Money): Promise<Payment> {
    return this.#change(orderId, () => {
      const payment = this.#accounts.get(orderId)?.payment;
      if (payment?.status !== 'captured') return;
      if (amount.amount > payment.amount.amount) throw new PaymentRequestRefused(orderId, 'amount-too-high');
      this.#move(orderId, 'refund', { payment: { ...payment, status: 'refunded' } });
    });
  }

  async #change(orderId: OrderId, carryOut: () => void): Promise<Payment> {
    const fate = this.fates.next();
    if (fate === 'not carried out') throw new PaymentGatewayUnavailable(orderId);
    carryOut();
    if (fate === 'outcome unknown') throw new PaymentOutcomeUnknown(orderId);
    return this.find(orderId);
  }

  #move(orderId: OrderId, movement: PaymentMovement, account: Account): void {
    const { amount } = { ...this.#accounts.get(orderId), ...account };
    this.#accounts.set(orderId, amount === undefined ? { payment: account.payment } : { payment: account.payment, amount });
    this.#movements.set(orderId, [...this.movements(orderId), movement]);
  }
}
