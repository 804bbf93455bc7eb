import { PaymentOutcomeUnknown } from '../../../functions/payments/domain/errors.ts';
import type { Payment } from '../../../functions/payments/domain/payment.ts';
import type { PaymentGateway } from '../../../functions/payments/ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';

/**
 * What becomes of one change.
 * - `request-lost`: it never arrives
 * - `answer-lost`: it is carried out, and nobody hears of it
 * - `late`: it is on its way until `deliverLate`
 */
export type Fault = 'none' | 'request-lost' | 'answer-lost' | 'late';

/** A gateway behind a bad line: each change meets the next of `faults`, then none. */
export class UnreliableGateway implements PaymentGateway {
  readonly #gateway: PaymentGateway;
  readonly #faults: Fault[] = [];
  readonly #late: (() => Promise<Payment>)[] = [];

  constructor(gateway: PaymentGateway) {
    this.#gateway = gateway;
  }

  /** The changes that come next meet these faults, in this order. */
  meet(...faults: readonly Fault[]): void {
    this.#faults.push(...faults);
  }

  /** Everything that was under way arrives, in the order in which it was sent. */
  async deliverLate(): Promise<void> {
    for (const change of this.#late.splice(0)) await change();
  }

  find(orderId: OrderId): Promise<Payment> {
    return this.#gateway.find(orderId);
  }

  authorise(orderId: OrderId, amount: Money, token: string): Promise<Payment> {
    return this.#send(orderId, () => this.#gateway.authorise(orderId, amount, token));
  }

  capture(orderId: OrderId, amount: Money): Promise<Payment> {
    return this.#send(orderId, () => this.#gateway.capture(orderId, amount));
  }

  void(orderId: OrderId): Promise<Payment> {
    return this.#send(orderId, () => this.#gateway.void(orderId));
  }

  refund(orderId: OrderId, amount: Money): Promise<Payment> {
    return this.#send(orderId, () => this.#gateway.refund(orderId, amount));
  }

  async #send(orderId: OrderId, change: () => Promise<Payment>): Promise<Payment> {
    const fault = this.#faults.shift() ?? 'none';
    if (fault === 'none') return change();
    if (fault === 'answer-lost') await change();
    if (fault === 'late') this.#late.push(change);
    throw new PaymentOutcomeUnknown(orderId);
  }
}
