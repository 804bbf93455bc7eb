import { PartnerHttp, type PartnerOptions } from '../../shared/edge/partner-http.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused } from '../domain/errors.ts';
import type { Payment } from '../domain/payment.ts';
import type { PaymentGateway } from '../ports.ts';
import { paymentIn, refusesRequest } from './gateway-answers.ts';

/** The saga refunds a payment at most once, so one name is enough; the gateway scopes it to the payment. */
const REFUND_KEY = 'saga-compensation';

const pathOf = (orderId: OrderId, action = ''): string => `/v1/payments/${encodeURIComponent(orderId)}${action}`;

interface Change {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** A payment that is still in one of these has not seen the change. */
  readonly before: readonly Payment['status'][];
}

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
    if (!payment) throw new PaymentGatewayUnavailable(orderId, new Error(`An answer ${answer.value.status} that shows no payment.`));
    return payment;
  }

  authorise(orderId: OrderId, { amount, currency }: Money, token: string): Promise<Payment> {
    return this.#change(orderId, { method: 'PUT', path: pathOf(orderId), body: { amount, currency, token }, before: ['none'] });
  }

  capture(orderId: OrderId, { amount }: Money): Promise<Payment> {
    return this.#change(orderId, { method: 'POST', path: pathOf(orderId, '/capture'), body: { amount }, before: ['none', 'authorised'] });
  }

  void(orderId: OrderId): Promise<Payment> {
    return this.#change(orderId, { method: 'POST', path: pathOf(orderId, '/void'), before: ['none', 'authorised'] });
  }

  refund(orderId: OrderId, { amount }: Money): Promise<Payment> {
    return this.#change(orderId, {
      method: 'POST', path: pathOf(orderId, '/refund'), body: { amount }, headers: { 'idempotency-key': REFUND_KEY }, before: ['captured'],
    });
  }

  async #change(orderId: OrderId, { before, ...request }: Change): Promise<Payment> {
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
    if (before.includes(payment.status)) throw new PaymentGatewayUnavailable(orderId, cause);
    return payment;
  }
}
