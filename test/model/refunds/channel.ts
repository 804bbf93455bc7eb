/** A channel of payments whose whole memory is plain data: the refunds of one captured payment, each time that one was tried. */
import type { PaymentGateway } from '../../../functions/payments/application/ports.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown } from '../../../functions/payments/domain/errors.ts';
import { failuresOf, leftOf, type Payment, refundOf, takenWith } from '../../../functions/payments/domain/payment.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';
import { InMemoryPaymentGateway } from '../../support/fakes/in-memory-payment-gateway.ts';
import { TOTAL } from '../../support/orders/refunded-order.ts';
import { ORDER_ID } from '../../support/orders/streams.ts';

export interface Tried {
  readonly id: string;
  readonly amount: Money;
  readonly status: 'made' | 'failed';
}

/** What goes wrong with the next change: it has no effect, or it has and its answer is lost. */
export type Loss = 'not carried out' | 'answer lost';

export class RefundChannel implements PaymentGateway {
  readonly capabilities = new InMemoryPaymentGateway().capabilities;
  tried: readonly Tried[];
  #loss: Loss | undefined;
  /** What happens after the next answer, before its caller goes on. */
  #meanwhile: (() => Promise<void>) | undefined;

  constructor(tried: readonly Tried[], loss?: Loss, meanwhile?: () => Promise<void>) {
    this.tried = tried;
    this.#loss = loss;
    this.#meanwhile = meanwhile;
  }

  async find(): Promise<Payment> {
    const payment = this.#payment();
    await this.#interrupted();
    return payment;
  }

  async refund(orderId: typeof ORDER_ID, refundId: string, amount: Money, isAgain = false): Promise<Payment> {
    const loss = this.#loss;
    this.#loss = undefined;
    if (loss === 'not carried out') throw new PaymentGatewayUnavailable(orderId);
    const before = this.#payment();
    const isFree = !refundOf(before, refundId) && (isAgain || failuresOf(before, refundId).length === 0);
    if (isFree && before.status === 'captured' && leftOf(before).amount >= amount.amount) {
      this.tried = [...this.tried, { id: refundId, amount, status: 'made' }];
    }
    if (loss === 'answer lost') throw new PaymentOutcomeUnknown(orderId);
    const after = this.#payment();
    await this.#interrupted();
    return after;
  }

  void(): Promise<Payment> {
    return this.find();
  }
  authorise(): Promise<Payment> {
    return this.find();
  }
  adjust(): Promise<Payment> {
    return this.find();
  }
  renew(): Promise<Payment> {
    return this.find();
  }
  capture(): Promise<Payment> {
    return this.find();
  }

  async #interrupted(): Promise<void> {
    const meanwhile = this.#meanwhile;
    this.#meanwhile = undefined;
    await meanwhile?.();
  }

  #payment(): Payment {
    const of = (status: Tried['status']) => this.tried.filter((one) => one.status === status);
    const refunds = of('made').map(({ id: refundId, amount }) => ({ refundId, amount }));
    const failed = of('failed').map(({ id: refundId, amount }) => ({ refundId, amount, reason: 'closed' }));
    return takenWith({ paymentId: `pay-${ORDER_ID}`, amount: TOTAL, refunds, failed });
  }
}
