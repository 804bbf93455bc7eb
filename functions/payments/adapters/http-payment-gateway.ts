import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { PartnerExchange } from '../../shared/outbound/partner-exchange.ts';
import { PartnerRecords } from '../../shared/outbound/partner-records.ts';
import type { PaymentGateway, PaymentTerms } from '../application/ports.ts';
import type { ChannelCapabilities } from '../domain/capabilities.ts';
import {
  afterSending,
  PaymentGatewayUnavailable,
  PaymentOutcomeUnknown,
  PaymentRequestRefused,
} from '../domain/errors.ts';
import { leftOf, type Payment, refundOf } from '../domain/payment.ts';
import { isShort } from '../domain/take-payment.ts';
import { paymentIn } from './gateway-answers.ts';
import type { PaymentOperation } from './partner.ts';

/** The gateway over HTTP; its protocol is in `partners/payment-gateway/README.md`. */
export class HttpPaymentGateway implements PaymentGateway {
  readonly capabilities: ChannelCapabilities = {
    separateCapture: true,
    adjustable: true,
    partialCapture: true,
    partialRefund: true,
    askAgainSeconds: 30,
    authorisationValidSeconds: 7 * 86_400,
    notifies: true,
  };
  readonly #payments: PartnerRecords<PaymentOperation, Payment>;

  constructor(exchange: PartnerExchange<PaymentOperation>) {
    this.#payments = new PartnerRecords({
      exchange,
      path: '/v1/payments',
      recordIn: paymentIn,
      errors: {
        Unavailable: PaymentGatewayUnavailable,
        OutcomeUnknown: PaymentOutcomeUnknown,
        RequestRefused: PaymentRequestRefused,
      },
    });
  }

  find(orderId: OrderId): Promise<Payment> {
    return this.#payments.find(orderId);
  }

  async authorise(orderId: OrderId, amount: Money, { method }: PaymentTerms): Promise<Payment> {
    if (method.type !== 'card') throw new Error(`This gateway takes cards; the order is paid by ${method.type}.`);
    const payment = await this.#payments.change(orderId, {
      operation: 'authorise',
      method: 'PUT',
      body: { ...amount, token: method.token },
      isOpen: ({ status }) => status === 'none',
    });
    if (!isShort(payment, amount)) return payment;
    // Raised under a name made of the amount: a late repetition of an authorisation never lowers a later raise.
    return this.adjust(orderId, `authorise-${amount.amount}`, amount).catch((error: unknown) => {
      throw afterSending(orderId, error);
    });
  }

  adjust(orderId: OrderId, adjustmentId: string, { amount }: Money): Promise<Payment> {
    return this.#payments.change(orderId, {
      operation: 'adjust',
      method: 'PUT',
      action: '/authorisation',
      body: { amount },
      headers: { 'idempotency-key': adjustmentId },
      isOpen: (payment) => payment.status === 'authorised' && payment.amount.amount !== amount,
    });
  }

  renew(orderId: OrderId, attempt: number, { amount }: Money): Promise<Payment> {
    return this.#payments.change(orderId, {
      operation: 'renew',
      method: 'POST',
      action: '/renewal',
      body: { amount },
      headers: { 'idempotency-key': `attempt-${attempt}` },
      // Whether it was made does not show: it is asked for again, which changes nothing then.
      isOpen: ({ status }) => status === 'authorised' || status === 'expired',
    });
  }

  capture(orderId: OrderId, { amount }: Money): Promise<Payment> {
    return this.#payments.change(orderId, {
      operation: 'capture',
      method: 'POST',
      action: '/capture',
      body: { amount },
      isOpen: (payment) =>
        payment.status === 'none' || (payment.status === 'authorised' && payment.amount.amount >= amount),
    });
  }

  void(orderId: OrderId): Promise<Payment> {
    return this.#payments.change(orderId, {
      operation: 'void',
      method: 'POST',
      action: '/void',
      isOpen: ({ status }) => ['none', 'pending', 'authorised', 'expired'].includes(status),
    });
  }

  refund(orderId: OrderId, refundId: string, { amount }: Money): Promise<Payment> {
    return this.#payments.change(orderId, {
      operation: 'refund',
      method: 'POST',
      action: '/refund',
      body: { amount },
      headers: { 'idempotency-key': refundId },
      isOpen: (payment) =>
        payment.status === 'captured' && !refundOf(payment, refundId) && leftOf(payment).amount >= amount,
    });
  }
}
