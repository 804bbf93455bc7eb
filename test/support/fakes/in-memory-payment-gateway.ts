import type { PaymentGateway, PaymentTerms } from '../../../functions/payments/application/ports.ts';
import {
  PaymentGatewayUnavailable,
  PaymentOutcomeUnknown,
  PaymentRequestRefused,
} from '../../../functions/payments/domain/errors.ts';
import { failuresOf, leftOf, type Payment, refundOf, takenWith } from '../../../functions/payments/domain/payment.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';
import { Fates } from './fate.ts';

export type PaymentMovement =
  | 'challenge'
  | 'authorisation'
  | 'expiry'
  | 'decline'
  | 'adjustment'
  | 'capture'
  | 'void'
  | 'refund'
  | 'refund-failed';

interface Account {
  payment: Payment;
  /** The card's limit, in minor units. */
  readonly limit: number;
  /** The requested amount of each adjustment, by its id. */
  readonly adjustments: Map<string, number>;
  readonly movements: PaymentMovement[];
  /** The outcome of each renewal, by its attempt. */
  readonly renewals: Map<number, 'authorised' | 'declined'>;
}

/**
 * The port in memory; it passes the same contract suite as the HTTP adapter. `tok_declined` is declined, `tok_limit_<n>` is
 * good for n minor units, `tok_3ds` is challenged, other tokens work.
 */
export class InMemoryPaymentGateway implements PaymentGateway {
  readonly capabilities = {
    separateCapture: true,
    adjustable: true,
    lowerable: true,
    partialCapture: true,
    partialRefund: true,
    askAgainSeconds: 30,
    authorisationValidSeconds: 7 * 86_400,
    refundFailsWithinSeconds: 30 * 86_400,
    notifies: true,
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
      const account = accountOf(payment, limit);
      this.#accounts.set(orderId, account);
      if (payment.status === 'declined') move(account, 'decline', payment);
      else if (token === 'tok_3ds') move(account, 'challenge', { status: 'pending', amount, action: CHALLENGE });
      else move(account, 'authorisation', payment);
    });
  }

  /** What the customer answers to the challenge of the bank. */
  answerChallenge(orderId: OrderId, answer: 'pass' | 'fail'): void {
    const account = this.#accounts.get(orderId);
    if (account?.payment.status !== 'pending') return;
    const { amount } = account.payment;
    move(
      account,
      answer === 'pass' ? 'authorisation' : 'decline',
      answer === 'pass'
        ? { status: 'authorised', paymentId: `pay-${orderId}`, amount }
        : { status: 'declined', declineCode: 'authentication_failed' },
    );
  }

  /** Time passes, and the authorisation expires. */
  expire(orderId: OrderId): void {
    const account = this.#accounts.get(orderId);
    if (account?.payment.status === 'authorised') move(account, 'expiry', { ...account.payment, status: 'expired' });
  }

  async renew(orderId: OrderId, attempt: number, amount: Money): Promise<Payment> {
    return this.#change(orderId, () => {
      const account = this.#accounts.get(orderId);
      const isOpen = account?.payment.status === 'authorised' || account?.payment.status === 'expired';
      if (!account || !isOpen || account.renewals.has(attempt)) return;
      if (account.payment.status === 'authorised') move(account, 'void', { ...account.payment, status: 'expired' });
      const isDeclined = amount.amount > account.limit;
      account.renewals.set(attempt, isDeclined ? 'declined' : 'authorised');
      if (isDeclined) move(account, 'decline', account.payment);
      else move(account, 'authorisation', { status: 'authorised', paymentId: `pay-${orderId}-${attempt}`, amount });
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
        this.#accounts.set(orderId, accountOf({ status: 'closed' }, 0));
      }
      if (account?.payment.status === 'authorised') {
        move(account, 'void', { status: 'voided', paymentId: account.payment.paymentId });
      }
      if (account?.payment.status === 'expired') {
        account.payment = { status: 'voided', paymentId: account.payment.paymentId };
      }
      if (account?.payment.status === 'pending') account.payment = { status: 'closed' };
    });
  }

  /** Somebody makes a refund at the channel itself. */
  refundAtChannel(orderId: OrderId, id: string, amount: Money): void {
    const account = this.#accounts.get(orderId);
    if (account?.payment.status !== 'captured') throw new RangeError(`Nothing of ${orderId} can be refunded.`);
    move(
      account,
      'refund',
      takenWith({ ...account.payment, refunds: [...account.payment.refunds, { refundId: id, amount }] }),
    );
  }

  /** The customer's bank does not take a refund that was made. */
  failRefund(orderId: OrderId, refundId: string, reason = 'expired_or_canceled_card'): void {
    const account = this.#accounts.get(orderId);
    const refund = account && refundOf(account.payment, refundId);
    if (!account || !refund || !('refunds' in account.payment)) throw new RangeError(`There is no refund ${refundId}.`);
    const { refunds, failed = [] } = account.payment;
    move(account, 'refund-failed', {
      ...account.payment,
      status: 'captured',
      refunds: refunds.filter((one) => one !== refund),
      failed: [...failed, { refundId, amount: refund.amount, reason }],
    });
  }

  async refund(orderId: OrderId, refundId: string, amount: Money, isAgain = false): Promise<Payment> {
    return this.#change(orderId, () => {
      const account = this.#accounts.get(orderId);
      const payment = account?.payment;
      const earlier = payment && refundOf(payment, refundId);
      if (earlier && earlier.amount.amount !== amount.amount) throw new PaymentRequestRefused(orderId, 'key-reused');
      if (!account || payment?.status !== 'captured' || earlier || amount.amount > leftOf(payment).amount) return;
      if (failuresOf(payment, refundId).length > 0 && !isAgain) return;
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

const CHALLENGE = { type: 'redirect', url: 'https://bank.example/challenge' } as const;

const accountOf = (payment: Payment, limit: number): Account => ({
  payment,
  limit,
  adjustments: new Map(),
  movements: [],
  renewals: new Map(),
});

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
