import type { OrderId } from '../../../shared/kernel/ids.ts';
import type { Money } from '../../../shared/kernel/money.ts';
import type { PartnerExchange } from '../../../shared/outbound/partner-exchange.ts';
import type { PaymentGateway, PaymentGatewayOfOrder, PaymentOnRecord, PaymentTerms } from '../../application/ports.ts';
import type { ChannelCapabilities } from '../../domain/capabilities.ts';
import { afterSending, PaymentGatewayUnavailable, PaymentRequestRefused } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';
import { isShort } from '../../domain/take-payment.ts';
import type { PaymentOperation } from '../partner.ts';
import { AMOUNT_STEPS, amountFor } from './amounts.ts';
import type { Intent, Said } from './answers.ts';
import { CannotBeOpened, type CurrentAttempt, keyOf, MOST_KEYS, OrderAttempts } from './attempts.ts';
import { CardCalls } from './calls.ts';
import { type Hold, hold } from './hold.ts';
import { makeRefund } from './make-refund.ts';
import { hasLapsed, isUntouched } from './payment-in.ts';
import { ShownPayment } from './shown-payment.ts';

export const CARD_CAPABILITIES: ChannelCapabilities = {
  amountSteps: AMOUNT_STEPS,
  separateCapture: true,
  adjustable: true,
  lowerable: false,
  partialCapture: true,
  partialRefund: true,
  askAgainSeconds: 30,
  authorisationValidSeconds: 7 * 86_400,
  // A bank has about a month to send a refund back: docs.stripe.com/refunds, failed refunds.
  refundFailsWithinSeconds: 30 * 86_400,
  notifies: true,
};

export interface CardGatewayOptions {
  readonly exchange: PartnerExchange<PaymentOperation>;
  /** Where the bank of a card sends its customer after a challenge. */
  readonly returnUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The port of payments at a card gateway that speaks the protocol of Stripe's PaymentIntents. Source: docs.stripe.com/api/payment_intents. */
export const cardGateway =
  (options: CardGatewayOptions): PaymentGatewayOfOrder =>
  (onRecord) =>
    new CardGateway(options, onRecord);

class CardGateway implements PaymentGateway {
  readonly capabilities = CARD_CAPABILITIES;
  readonly #options: CardGatewayOptions;
  readonly #record: PaymentOnRecord;
  readonly #attempts: OrderAttempts;
  readonly #shown: ShownPayment;

  constructor(options: CardGatewayOptions, onRecord: PaymentOnRecord) {
    this.#options = options;
    this.#record = onRecord;
    this.#attempts = new OrderAttempts(onRecord, options.now);
    this.#shown = new ShownPayment(onRecord, this.#attempts);
  }

  async find(orderId: OrderId): Promise<Payment> {
    try {
      return await this.#shown.find(this.#calls('find'));
    } catch (error) {
      if (error instanceof CannotBeOpened) return { status: 'none' };
      throw error instanceof PaymentRequestRefused ? new PaymentGatewayUnavailable(orderId, error) : error;
    }
  }

  async authorise(orderId: OrderId, amount: Money, { method }: PaymentTerms): Promise<Payment> {
    if (method.type !== 'card') throw new Error(`This gateway takes cards; the order is paid by ${method.type}.`);
    const calls = this.#calls('authorise');
    const { attempt, paymentId } = this.#record;
    const payment =
      paymentId === undefined
        ? await this.#hold(calls, { attempt, amount, token: method.token })
        : await this.#shown.find(calls);
    if (!isShort(payment, amount)) return payment;
    // Raised under a name made of the amount: a repetition raises nothing again.
    return this.adjust(orderId, `authorise-${amount.amount}`, amount).catch((error: unknown) => {
      throw afterSending(orderId, error);
    });
  }

  async adjust(orderId: OrderId, adjustmentId: string, amount: Money): Promise<Payment> {
    const calls = this.#calls('adjust');
    let payment = this.#shown.payment ?? (await this.#shown.find(calls));
    for (let again = 1; isShort(payment, amount); again += 1) {
      const { attempt, intent } = this.#shown.seen!;
      const key = keyOf(`${orderId}-${adjustmentId}`, again);
      const result = await calls.increment(intent.id, key, amountFor(orderId, amount));
      if (!result.ok) {
        payment = await this.#shown.afterwards(calls, result.refusal);
        if (isShort(payment, amount)) throw new PaymentGatewayUnavailable(orderId, result.refusal.cause);
        return payment;
      }
      const said = result.value;
      const shown = said.isReplayed ? undefined : intentIn(said);
      payment = shown ? await this.#shown.settled(calls, attempt, shown) : await this.#shown.find(calls);
      if (said.kind === 'failed for good' && again < MOST_KEYS) continue;
      // An authorisation that cannot be raised at all is as one whose raise was declined.
      const isNoAnswer = said.kind !== 'shown' && !(said.kind === 'refused' && (said.declineCode ?? said.isInvalid));
      if (isNoAnswer && isShort(payment, amount)) throw refusedBy(orderId, said);
      return payment;
    }
    return payment;
  }

  async renew(orderId: OrderId, attempt: number, amount: Money): Promise<Payment> {
    const { method } = this.#record;
    if (method.type !== 'card') throw new Error(`This gateway takes cards; the order is paid by ${method.type}.`);
    const calls = this.#calls('renew');
    const before = await this.#release(calls, attempt);
    const isPastThis = 'intent' in before && (before.attempt < attempt || !isUntouched(before.intent));
    if (isPastThis) return this.#shown.show(calls, before);
    const payment = await this.#hold(calls, { attempt, amount, token: method.token, lapsed: before.lapsed });
    // It was made before, nobody knew of it, and it has lapsed since.
    const isOutlived = payment.status === 'expired' && this.#shown.attempt > attempt;
    return isOutlived ? this.renew(orderId, this.#shown.attempt, amount) : payment;
  }

  async capture(orderId: OrderId, amount: Money): Promise<Payment> {
    const calls = this.#calls('capture');
    const attempt = this.#shown.attempt;
    const id = await this.#attempts.idOf(attempt, calls);
    const result = await calls.capture(id, amountFor(orderId, amount));
    if (!result.ok) {
      const payment = await this.#shown.afterwards(calls, result.refusal);
      const isOpen = payment.status === 'none' || (payment.status === 'authorised' && !isShort(payment, amount));
      if (isOpen) throw new PaymentGatewayUnavailable(orderId, result.refusal.cause);
      return payment;
    }
    const said = result.value;
    if (said.kind === 'shown') return this.#shown.settled(calls, attempt, said.shown, []);
    const intent = intentIn(said);
    const payment = intent ? await this.#shown.settled(calls, attempt, intent) : await this.#shown.find(calls);
    if (payment.status !== 'authorised' || isShort(payment, amount)) return payment;
    // A renewal of which nobody knew.
    if (this.#shown.attempt > attempt) return this.capture(orderId, amount);
    throw refusedBy(orderId, said);
  }

  async void(orderId: OrderId): Promise<Payment> {
    const calls = this.#calls('void');
    let attempt = this.#shown.attempt;
    let lapsed = this.#shown.seen?.lapsed;
    for (;;) {
      const id = await this.#attempts.idOf(attempt, calls).catch((error: unknown) => {
        if (error instanceof CannotBeOpened && !lapsed) return undefined;
        throw error;
      });
      // What is never taken needs no tombstone.
      if (id === undefined) return { status: 'closed' };
      const result = await calls.cancel(id, 'forGood');
      if (!result.ok) {
        const payment = await this.#shown.afterwards(calls, result.refusal);
        const isOpen = ['none', 'pending', 'authorised', 'expired'].includes(payment.status);
        if (isOpen) throw new PaymentGatewayUnavailable(orderId, result.refusal.cause);
        return payment;
      }
      const intent = intentIn(result.value);
      if (intent === undefined) throw refusedBy(orderId, result.value);
      if (!hasLapsed(intent)) {
        if (intent.status === 'canceled' || intent.status === 'succeeded') {
          return this.#shown.show(calls, { attempt, intent, lapsed });
        }
        throw new PaymentGatewayUnavailable(orderId, new Error(`It is ${intent.status}, and cannot be cancelled now.`));
      }
      // A renewal may be on its way: the next attempt is ended, too.
      lapsed = intent;
      attempt += 1;
    }
  }

  refund(_: OrderId, refundId: string, amount: Money, isAgain = false): Promise<Payment> {
    const at = { record: this.#record, now: this.#options.now, attempts: this.#attempts, shown: this.#shown };
    return makeRefund(at, this.#calls('refund'), { refundId, amount, isAgain });
  }

  #calls(operation: PaymentOperation): CardCalls {
    return new CardCalls(this.#options.exchange, this.#record.orderId, operation);
  }

  /** Holds the amount under an attempt; `lapsed` is the authorisation that it follows, whose customer is not there any more. */
  async #hold(
    calls: CardCalls,
    { lapsed, ...wanted }: Pick<Hold, 'attempt' | 'amount' | 'token'> & { readonly lapsed?: Intent | undefined },
  ): Promise<Payment> {
    const { returnUrl } = this.#options;
    const isOffSession = lapsed !== undefined;
    const intent = await hold(this.#record, this.#attempts, calls, { ...wanted, returnUrl, isOffSession });
    return this.#shown.settled(calls, wanted.attempt, intent, undefined, lapsed);
  }

  /**
   * Releases what is held under the attempts before this one, so that there are never two. Resolves to the last attempt when that is known
   * to be another, or none that is to be released.
   */
  async #release(calls: CardCalls, attempt: number): Promise<CurrentAttempt | { readonly lapsed: Intent }> {
    if (this.#shown.seen && this.#shown.seen.attempt >= attempt) return this.#shown.seen;
    if (!this.#attempts.knows(attempt - 1)) {
      const current = await this.#attempts.current(calls, this.#shown.attempt, this.#shown.seen?.lapsed);
      if (current.attempt >= attempt || current.intent.status !== 'requires_capture') return current;
    }
    const { orderId } = this.#record;
    const result = await calls.cancel(await this.#attempts.idOf(attempt - 1, calls), 'forRenewal');
    if (!result.ok) {
      const payment = await this.#shown.afterwards(calls, result.refusal);
      const isHeld = payment.status === 'authorised' && this.#shown.attempt < attempt;
      if (isHeld) throw new PaymentGatewayUnavailable(orderId, result.refusal.cause);
      return this.#shown.seen!;
    }
    const intent = intentIn(result.value);
    if (intent === undefined) throw refusedBy(orderId, result.value);
    return hasLapsed(intent) ? { lapsed: intent } : { attempt: attempt - 1, intent };
  }
}

const intentIn = (said: Said<Intent>): Intent | undefined =>
  said.kind === 'shown' ? said.shown : said.kind === 'refused' ? said.intent : undefined;

const refusedBy = (orderId: OrderId, said: Said<Intent>): PaymentRequestRefused =>
  new PaymentRequestRefused(orderId, said.kind === 'refused' ? said.reason : said.kind);
