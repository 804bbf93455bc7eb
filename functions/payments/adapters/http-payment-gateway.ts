import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import { PartnerHttp, type PartnerOptions } from '../../shared/outbound/partner-http.ts';
import type { PaymentGateway } from '../application/ports.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused } from '../domain/errors.ts';
import { leftOf, type Payment, refundOf } from '../domain/payment.ts';
import { paymentIn, refusesRequest } from './gateway-answers.ts';

const pathOf = (orderId: OrderId, action = ''): string => `/v1/payments/${encodeURIComponent(orderId)}${action}`;

interface Change {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether a payment looks as if the change had not been made, but could be. */
  readonly isOpen: (payment: Payment) => boolean;
}

const isOneOf =
  (...statuses: readonly Payment['status'][]) =>
  ({ status }: Payment): boolean =>
    statuses.includes(status);

/** The gateway over HTTP; its protocol is in `partners/payment-gateway/README.md`. */
export class HttpPaymentGateway implements PaymentGateway {
  readonly #http: PartnerHttp;

  constructor(options: PartnerOptions) {
    this.#http = new PartnerHttp(options);
  }

  async find(orderId: OrderId): Promise<Payment> {
    const answer = await this.#http.send({ method: 'GET', path: pathOf(orderId) });
    if (!answer.ok) throw new PaymentGatewayUnavailable(orderId, answer.refusal.cause);
    const payment = paymentIn(answer.value);
    if (!payment) {
      throw new PaymentGatewayUnavailable(
        orderId,
        new Error(`An answer ${answer.value.status} that shows no payment.`),
      );
    }
    return payment;
  }

  async authorise(orderId: OrderId, amount: Money, token: string): Promise<Payment> {
    const payment = await this.#change(orderId, {
      method: 'PUT',
      path: pathOf(orderId),
      body: { ...amount, token },
      isOpen: isOneOf('none'),
    });
    const isShort = payment.status === 'authorised' && payment.amount.amount < amount.amount;
    // Raised under a name made of the amount: a late repeat of an authorisation never takes part of a later raise back.
    return isShort ? this.adjust(orderId, `authorise-${amount.amount}`, amount) : payment;
  }

  adjust(orderId: OrderId, adjustmentId: string, { amount }: Money): Promise<Payment> {
    return this.#change(orderId, {
      method: 'PUT',
      path: pathOf(orderId, '/authorisation'),
      body: { amount },
      headers: { 'idempotency-key': adjustmentId },
      isOpen: (payment) => payment.status === 'authorised' && payment.amount.amount !== amount,
    });
  }

  capture(orderId: OrderId, { amount }: Money): Promise<Payment> {
    return this.#change(orderId, {
      method: 'POST',
      path: pathOf(orderId, '/capture'),
      body: { amount },
      isOpen: (payment) =>
        payment.status === 'none' || (payment.status === 'authorised' && payment.amount.amount >= amount),
    });
  }

  void(orderId: OrderId): Promise<Payment> {
    return this.#change(orderId, {
      method: 'POST',
      path: pathOf(orderId, '/void'),
      isOpen: isOneOf('none', 'authorised'),
    });
  }

  refund(orderId: OrderId, refundId: string, { amount }: Money): Promise<Payment> {
    return this.#change(orderId, {
      method: 'POST',
      path: pathOf(orderId, '/refund'),
      body: { amount },
      headers: { 'idempotency-key': refundId },
      isOpen: (payment) =>
        payment.status === 'captured' && !refundOf(payment, refundId) && leftOf(payment).amount >= amount,
    });
  }

  async #change(orderId: OrderId, { isOpen, ...request }: Change): Promise<Payment> {
    const answer = await this.#http.send(request);
    if (answer.ok) {
      const payment = paymentIn(answer.value);
      if (payment) return payment;
      if (refusesRequest(answer.value)) throw new PaymentRequestRefused(orderId, answer.value.status);
    }
    const cause = answer.ok ? undefined : answer.refusal.cause;
    const payment = await this.find(orderId).catch((error: unknown) => {
      throw new PaymentOutcomeUnknown(orderId, cause ?? error);
    });
    if (isOpen(payment)) throw new PaymentGatewayUnavailable(orderId, cause);
    return payment;
  }
}
