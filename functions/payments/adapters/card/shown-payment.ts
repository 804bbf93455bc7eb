import type { PartnerSilence } from '../../../shared/outbound/partner-exchange.ts';
import type { PaymentOnRecord } from '../../application/ports.ts';
import { PaymentOutcomeUnknown } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';
import type { GatewayRefund, Intent } from './answers.ts';
import type { CurrentAttempt, OrderAttempts } from './attempts.ts';
import type { CardCalls } from './calls.ts';
import { hasLapsed, paymentIn } from './payment-in.ts';
import { refundsOf } from './refunds.ts';

/** An order's payment as the answers of one use case have shown it. */
export class ShownPayment {
  readonly #record: PaymentOnRecord;
  readonly #attempts: OrderAttempts;
  #seen: CurrentAttempt | undefined;
  #refunds: readonly GatewayRefund[] = [];

  constructor(record: PaymentOnRecord, attempts: OrderAttempts) {
    this.#record = record;
    this.#attempts = attempts;
  }

  /** As the last answer showed it; undefined before the first. */
  get seen(): CurrentAttempt | undefined {
    return this.#seen;
  }

  get payment(): Payment | undefined {
    return this.#seen && paymentIn(this.#seen, this.#refunds);
  }

  /** Of what was taken; newest first. */
  get refunds(): readonly GatewayRefund[] {
    return this.#refunds;
  }

  /** The number of the last attempt that is known. */
  get attempt(): number {
    return this.#seen?.attempt ?? this.#record.attempt;
  }

  /** What was seen is out of date. */
  forget(): void {
    this.#seen = undefined;
  }

  async find(calls: CardCalls): Promise<Payment> {
    return this.show(calls, await this.#attempts.current(calls, this.attempt, this.#seen?.lapsed));
  }

  /** After a change without an answer. @throws PaymentOutcomeUnknown when it cannot be asked what became of it */
  afterwards(calls: CardCalls, { cause }: PartnerSilence): Promise<Payment> {
    return this.find(calls).catch(() => {
      throw new PaymentOutcomeUnknown(this.#record.orderId, cause);
    });
  }

  /**
   * What an answer about an attempt comes to: when its authorisation has lapsed, the next attempt decides.
   * @param refunds of what was taken. @default they are asked for
   * @param lapsed the authorisation before it
   */
  async settled(
    calls: CardCalls,
    attempt: number,
    intent: Intent,
    refunds?: readonly GatewayRefund[],
    lapsed?: Intent,
  ): Promise<Payment> {
    const current = hasLapsed(intent)
      ? await this.#attempts.current(calls, attempt + 1, intent)
      : { attempt, intent, lapsed };
    return this.show(calls, current, refunds);
  }

  async show(calls: CardCalls, current: CurrentAttempt, refunds?: readonly GatewayRefund[]): Promise<Payment> {
    const { intent } = current;
    this.#refunds = intent.status === 'succeeded' ? (refunds ?? (await refundsOf(this.#attempts, calls, intent))) : [];
    this.#seen = current;
    return paymentIn(current, this.#refunds);
  }
}
