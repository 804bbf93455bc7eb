import type { PaymentGateway, PaymentTerms } from '../../../functions/payments/application/ports.ts';
import {
  PaymentGatewayUnavailable,
  PaymentOutcomeUnknown,
  PaymentRequestRefused,
} from '../../../functions/payments/domain/errors.ts';
import { leftOf, type Payment, refundOf } from '../../../functions/payments/domain/payment.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';
import { Fates } from './fate.ts';

export type PaymentMovement = 'authorisation' | 'decline' | 'adjustment' | 'capture' | 'void' | 'refund';

interface Account {
  payment: Payment;
  /** The card's limit, in minor units. */
  readonly limit: number;
  /** The requested amount of each adjustment, by its id. */
  readonly adjustments: Map<string, number>;
  readonly movements: PaymentMovement[];
}

/**
 * The port in memory; it passes the same contract suite as the HTTP adapter. `tok_declined` is declined, `tok_limit_<n>` is
 * good for n minor units, other tokens work.
 */
export class InMemoryPaymentGateway implements PaymentGateway {
  readonly capabilities = {
    separateCapture: true,
    adjustable: true,
    partialCapture: true,
    partialRefund: true,
    askAgainSeconds: 30,
    notifies: false,
  };
  readonly fates = new Fates();
  readonly #accounts = new Map<OrderId, Account>();

  movements(orderId: OrderId): readonly PaymentMovement[] {
    return this.#accounts.get(orderId)?.movements ?? [];
  }

  async find(orderId: OrderId): Promise<Payment> {
    return this.#accounts.get(orderId)?.payment ?? { status: 'none' };
  }

  async authorise(orderId: OrderId, amount: Money, { method }: PaymentTerms): Promise<Payment> {
    const token = 'token' in method ? method.token : '';
    return this.#change(orderId, () => {
      const known = this.#accounts.get(orderId);
      if (known) {
        if (known.payment.status === 'authorised' && known.payment.amount.amount < amount.amount) hold(known, amount);
        return;
      }
      const limit = Number(/^tok_limit_(\d+)$/.exec(token)?.[1] ?? Number.POSITIVE_INFINITY);
      const declineCode = token === 'tok_declined' ? 'insufficient_funds' : 'limit_exceeded';
      const payment: Payment =
        token === 'tok_declined' || amount.amount > limit
          ? { status: 'declined', declineCode }
          : { status: 'authorised', paymentId: `pay-${orderId}`, amount };
      const movement = payment.status === 'declined' ? 'decline' : 'authorisation';
      this.#accounts.set(orderId, { payment, limit, adjustments: new Map(), movements: [movement] });
    });
  }

  async adjust(orderId: OrderId, adjustmentId: string, amount: Money): Promise<Payment> {
    return this.#change(orderId, () => {
      const account = this.#accounts.get(orderId);
      if (account?.payment.status !== 'authorised') return;
      const earlier = account.adjustments.get(adjustmentId);
      if (earlier !== undefined && earlier !== amount.amount) throw new PaymentRequestRefused(orderId, 'key-reused');
      if (earlier !== undefined) return;
      account.adjustments.set(adjustmentId, amount.amount);
      hold(account, amount);
    });
  }

  async capture(orderId: OrderId, amount: Money): Promise<Payment> {
    return this.#change(orderId, () => {
      const account = this.#accounts.get(orderId);
      if (account?.payment.status !== 'authorised' || amount.amount > account.payment.amount.amount) return;
      move(account, 'capture', { ...account.payment, status: 'captured', amount, refunds: [] });
    });
  }

  async void(orderId: OrderId): Promise<Payment> {
    return this.#change(orderId, () => {
      const account = this.#accounts.get(orderId);
      if (!account) {
        this.#accounts.set(orderId, { payment: { status: 'closed' }, limit: 0, adjustments: new Map(), movements: [] });
      }
      if (account?.payment.status === 'authorised') {
        move(account, 'void', { status: 'voided', paymentId: account.payment.paymentId });
      }
    });
  }

  async refund(orderId: OrderId, refundId: string, amount: Money): Promise<Payment> {
    return this.#change(orderId, () => {
      const account = this.#accounts.get(orderId);
      const payment = account?.payment;
      const earlier = payment && refundOf(payment, refundId);
      if (earlier && earlier.amount.amount !== amount.amount) throw new PaymentRequestRefused(orderId, 'key-reused');
      if (!account || payment?.status !== 'captured' || earlier || amount.amount > leftOf(payment).amount) return;
      const refunded = { ...payment, refunds: [...payment.refunds, { refundId, amount }] };
      move(account, 'refund', { ...refunded, status: leftOf(refunded).amount === 0 ? 'refunded' : 'captured' });
    });
  }

  async #change(orderId: OrderId, carryOut: () => void): Promise<Payment> {
    const fate = this.fates.next();
    if (fate === 'not carried out') throw new PaymentGatewayUnavailable(orderId);
    carryOut();
    if (fate === 'outcome unknown') throw new PaymentOutcomeUnknown(orderId);
    return this.find(orderId);
  }
}

/** Authorises `amount` from now on, if the card is good for it. */
function hold(account: Account, amount: Money): void {
  const { payment, limit } = account;
  if (payment.status !== 'authorised') return;
  const isDeclined = amount.amount > payment.amount.amount && amount.amount > limit;
  move(account, isDeclined ? 'decline' : 'adjustment', isDeclined ? payment : { ...payment, amount });
}

function move(account: Account, movement: PaymentMovement, payment: Payment): void {
  account.payment = payment;
  account.movements.push(movement);
}
