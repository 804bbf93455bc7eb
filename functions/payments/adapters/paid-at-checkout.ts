import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { PartnerSilence } from '../../shared/outbound/partner-exchange.ts';
import type { PaymentGateway, PaymentTerms } from '../application/ports.ts';
import type { ChannelCapabilities } from '../domain/capabilities.ts';
import { COMPENSATION_AT_CLOSE } from '../domain/compensation-ids.ts';
import {
  afterSending,
  PaymentGatewayUnavailable,
  PaymentOutcomeUnknown,
  PaymentRequestRefused,
} from '../domain/errors.ts';
import type { PaymentAction } from '../domain/events.ts';
import {
  type FailedRefund,
  failuresOf,
  leftOf,
  type Payment,
  type Refund,
  refundOf,
  takenWith,
} from '../domain/payment.ts';
import type { RefundsOnRecord } from '../domain/refunds-on-record.ts';
import { refundNumberOf, refundNumbersOf } from './our-number.ts';

/** An order's trade as a channel shows it; refunds are asked for one by one. */
export type Trade =
  | { readonly status: 'none' | 'closed' }
  /** The amount is 0 when the channel does not show it. */
  | { readonly status: 'pending'; readonly amount: Money }
  | {
      readonly status: 'paid';
      readonly paymentId: string;
      readonly amount: Money;
      /**
       * All of it went back, perhaps by a refund of the channel's own, which makes one when a trade is paid just before it is closed: its number.
       * @default the channel does not say, or makes none
       */
      readonly refundAtClose?: string;
    };

export type RefundAtChannel = Refund | FailedRefund;

/** Without an answer, the outcome is not known. */
export type Answered<Answer> = Promise<Result<Answer, PartnerSilence>>;

/**
 * A channel at which the customer pays at checkout, in its own protocol. Every change may be repeated.
 * Changes throw PaymentRequestRefused when the channel does not take the request as it is.
 */
export interface CheckoutChannel {
  readonly capabilities: ChannelCapabilities;
  query(orderId: OrderId): Answered<Trade>;
  /** Opens the trade, or opens it again. Resolves to what the customer has to do; undefined when the trade is past that. */
  open(orderId: OrderId, amount: Money, terms: PaymentTerms): Answered<PaymentAction | undefined>;
  /** Closes a trade that is not paid, or keeps one from coming into being. A channel can give back what is paid just before that. */
  close(orderId: OrderId, trade: Trade): Answered<unknown>;
  /**
   * Refunds a part of `paid`, once for each `refundId` and attempt. Resolves to the refund as it was accepted; undefined when it was refused.
   * @param attempt from 1 on: the one before is over
   * @throws PaymentGatewayUnavailable when the shop has too little money at the channel for now
   */
  refund(
    orderId: OrderId,
    refundId: string,
    amount: Money,
    terms: { readonly paid: Money; readonly attempt: number },
  ): Answered<RefundAtChannel | undefined>;
  /**
   * The refund that was made, is under way or has failed; undefined when the order has none of this number.
   * @param refundId how it is called here
   */
  queryRefund(orderId: OrderId, refundId: string, number: string): Answered<RefundAtChannel | undefined>;
}

export interface PaidAtCheckoutOptions {
  readonly channel: CheckoutChannel;
  readonly refunds: (orderId: OrderId) => Promise<RefundsOnRecord>;
}

/**
 * The port of payments over such a channel: after every change, the trade is asked for under our number, and only what it shows is
 * believed.
 */
export class PaidAtCheckout implements PaymentGateway {
  readonly #channel: CheckoutChannel;
  readonly #refunds: PaidAtCheckoutOptions['refunds'];

  constructor({ channel, refunds }: PaidAtCheckoutOptions) {
    this.#channel = channel;
    this.#refunds = refunds;
  }

  get capabilities(): ChannelCapabilities {
    return this.#channel.capabilities;
  }

  async find(orderId: OrderId): Promise<Payment> {
    const trade = await this.#query(orderId);
    if (trade.status !== 'paid') return trade;
    const onRecord = await this.#refunds(orderId);
    const { refundAtClose: atClose } = trade;
    // Somebody has made it at the channel itself: its number is its id.
    const strangers = strangersIn(orderId, onRecord).filter((number) => number !== atClose);
    const refunds = await Promise.all([
      ...onRecord.ids.map((id) => this.#refundsOf(orderId, id)),
      ...strangers.map((number) => this.#refundUnder(orderId, number, number)),
      ...(atClose ? [this.#refundUnder(orderId, COMPENSATION_AT_CLOSE, atClose)] : []),
    ]);
    return paid(trade, refunds.flat());
  }

  async #refundUnder(orderId: OrderId, refundId: string, number: string): Promise<readonly RefundAtChannel[]> {
    const refund = valueOf(orderId, await this.#channel.queryRefund(orderId, refundId, number));
    return refund ? [refund] : [];
  }

  /** The attempts to make a refund: those that have failed, and the one that stands. */
  async #refundsOf(orderId: OrderId, refundId: string): Promise<readonly RefundAtChannel[]> {
    const attempts: RefundAtChannel[] = [];
    for (;;) {
      const number = refundNumberOf(orderId, refundId, attempts.length + 1);
      const refund = valueOf(orderId, await this.#channel.queryRefund(orderId, refundId, number));
      if (refund) attempts.push(refund);
      if (!refund || !isFailed(refund) || refund.isOpen) return attempts;
    }
  }

  async authorise(orderId: OrderId, amount: Money, terms: PaymentTerms): Promise<Payment> {
    const { currency = amount.currency } = this.capabilities;
    if (currency !== amount.currency) {
      throw new PaymentRequestRefused(orderId, `it takes ${currency}, and the order is in ${amount.currency}`);
    }
    const known = await this.find(orderId);
    const isOpen =
      known.status === 'none' || (known.status === 'pending' && [0, amount.amount].includes(known.amount.amount));
    if (!isOpen) return known;
    const opened = await this.#channel.open(orderId, amount, terms);
    if (opened.ok && opened.value) return { status: 'pending', amount, action: opened.value };
    const payment = await this.#findAfterwards(orderId);
    const isStillOpen = payment.status === 'none' || payment.status === 'pending';
    if (isStillOpen) throw new PaymentGatewayUnavailable(orderId, opened.ok ? undefined : opened.refusal.cause);
    return payment;
  }

  /** There is no authorisation to adjust. */
  adjust(orderId: OrderId): Promise<Payment> {
    return this.find(orderId);
  }

  /** There is no authorisation to renew. */
  renew(orderId: OrderId): Promise<Payment> {
    return this.find(orderId);
  }

  /** A trade that is paid is captured. */
  capture(orderId: OrderId): Promise<Payment> {
    return this.find(orderId);
  }

  async void(orderId: OrderId): Promise<Payment> {
    const trade = await this.#query(orderId);
    if (trade.status === 'none' || trade.status === 'pending') {
      const closed = await this.#channel.close(orderId, trade);
      const payment = await this.#findAfterwards(orderId);
      // A channel may forget a number that is closed for good before it had a trade.
      if (closed.ok && payment.status === 'none') return { status: 'closed' };
      if (payment.status === 'none' || payment.status === 'pending') {
        throw new PaymentGatewayUnavailable(orderId, closed.ok ? undefined : closed.refusal.cause);
      }
      return payment;
    }
    return this.find(orderId);
  }

  async refund(orderId: OrderId, refundId: string, amount: Money, isAgain = false): Promise<Payment> {
    const before = await this.find(orderId);
    const isOpen = before.status === 'captured' && leftOf(before).amount >= amount.amount;
    if (refundOf(before, refundId) || !isOpen) return before;
    const failures = failuresOf(before, refundId);
    const last = failures.at(-1);
    if (last && (last.isOpen || !isAgain)) return before;
    const terms = { paid: before.amount, attempt: failures.length + 1 };
    const answer = await this.#channel.refund(orderId, refundId, amount, terms);
    const after = await this.#findAfterwards(orderId);
    const isKnown = refundOf(after, refundId) || failuresOf(after, refundId).length > failures.length;
    if (isKnown || after.status !== 'captured') return after;
    if (!answer.ok) throw new PaymentGatewayUnavailable(orderId, answer.refusal.cause);
    // What is accepted only may not be shown yet.
    return answer.value ? paid(after, [...after.refunds, ...(after.failed ?? []), answer.value]) : after;
  }

  async #query(orderId: OrderId): Promise<Trade> {
    return valueOf(orderId, await this.#channel.query(orderId));
  }

  /** @throws PaymentOutcomeUnknown when the channel cannot be asked what became of a change */
  #findAfterwards(orderId: OrderId): Promise<Payment> {
    return this.find(orderId).catch((error: unknown) => {
      throw error instanceof PaymentGatewayUnavailable
        ? new PaymentOutcomeUnknown(orderId, error)
        : afterSending(orderId, error);
    });
  }
}

/** The numbers of refunds that the channel has told of and that are none of ours. */
function strangersIn(orderId: OrderId, onRecord: RefundsOnRecord): readonly string[] {
  const ours = refundNumbersOf(orderId, onRecord);
  return onRecord.told.filter((number) => !ours.has(number));
}

function valueOf<Answer>(orderId: OrderId, answer: Result<Answer, PartnerSilence>): Answer {
  if (answer.ok) return answer.value;
  throw new PaymentGatewayUnavailable(orderId, answer.refusal.cause);
}

function paid(
  { paymentId, amount }: { readonly paymentId: string; readonly amount: Money },
  attempts: readonly RefundAtChannel[],
): Payment {
  return takenWith({
    paymentId,
    amount,
    refunds: attempts.filter((one) => !isFailed(one)),
    failed: attempts.filter(isFailed),
  });
}

const isFailed = (refund: RefundAtChannel): refund is FailedRefund => 'reason' in refund;
