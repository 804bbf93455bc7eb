import type { PaymentMethod } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { ChannelCapabilities } from '../domain/capabilities.ts';
import type { Payment } from '../domain/payment.ts';

/** How an order is to be paid. */
export interface PaymentTerms {
  /** As the customer has chosen it. */
  readonly method: PaymentMethod;
  /** Until when the customer can act: milliseconds since the epoch. A channel that can refuses the payment afterwards. */
  readonly payBefore: number;
}

/**
 * A channel of payments: one payment per order, under a number that is made of the order's id, whatever is repeated. Every change
 * resolves to the payment as it is afterwards, so its outcome is one of four:
 * - done: the payment shows it;
 * - refused: the payment is declined, or it does not show the change (a capture may resolve to a voided payment);
 * - pending: the payment is `pending` until the customer has acted, or a refund of it `isPending`; `find` tells more later;
 * - unknown: a lost answer is not a failure. The adapter asks the channel, under our number, what became of the payment.
 *
 * Every change throws
 * - PaymentGatewayUnavailable when the gateway did not make it: repeating it is safe;
 * - PaymentOutcomeUnknown when the gateway cannot be asked: repeating it is safe, giving up without an undo is not;
 * - PaymentRequestRefused when the gateway does not take the request as it is.
 */
export interface PaymentGateway {
  readonly capabilities: ChannelCapabilities;

  /** What the channel knows of the order's payment. @throws PaymentGatewayUnavailable */
  find(orderId: OrderId): Promise<Payment>;

  /**
   * Authorises at least `amount`: a lower authorisation is raised, any other stays. Resolves to an authorised, captured
   * or declined payment, or to one that was voided or refunded before. Authorised with less than `amount` means that
   * the raise was declined, and that the authorisation is as it was. A payment that waits for the customer is pending, with its
   * action; a pending payment of another amount stays as it is.
   */
  authorise(orderId: OrderId, amount: Money, terms: PaymentTerms): Promise<Payment>;

  /**
   * Asked of channels that are `adjustable`, else nothing happens. Adjusts the authorisation to `amount`, once per `adjustmentId`, so that a request that arrives late changes nothing
   * again. Resolves to the payment as it is; authorised with less than `amount` means that the raise was declined, and
   * that the authorisation is as it was. A channel that is not `lowerable` holds on to more: the capture releases it. Without an authorisation nothing happens.
   */
  adjust(orderId: OrderId, adjustmentId: string, amount: Money): Promise<Payment>;

  /**
   * Authorises `amount` anew, once per `attempt`, without the customer: an authorisation that has expired, or that is about to. One that is
   * still open is released by the same request, so that there are never two. Resolves to the payment as it is; when it is expired, the
   * renewal was declined. Without an authorisation, and at channels without separate capture, nothing happens.
   * @param attempt the number of the authorisation, from 2 on
   */
  renew(orderId: OrderId, attempt: number, amount: Money): Promise<Payment>;

  /**
   * Captures `amount` and releases the rest of the authorisation. Without separate capture, nothing happens. Resolves to a captured payment, or to one that cannot
   * be captured: authorised with less than `amount`, expired, voided, refunded, declined or none.
   */
  capture(orderId: OrderId, amount: Money): Promise<Payment>;

  /**
   * Voids the authorisation, or closes a pending payment; when there is none, leaves a tombstone against an authorisation that may come later.
   * Resolves to a voided, closed or declined payment, or to a captured or refunded one, which a void cannot change.
   */
  void(orderId: OrderId): Promise<Payment>;

  /**
   * Refunds `amount`, once per `refundId`; there may be several refunds, together at most the captured amount. Resolves
   * to the payment as it is: when the refund is not among its refunds, it was refused, because less than `amount` is
   * left or nothing was captured; or it has failed after it was accepted, which is among those that `failed`.
   * @param isAgain a person wants one to be made that has failed like this, which is made anew for nobody else. @default false
   */
  refund(orderId: OrderId, refundId: string, amount: Money, isAgain?: boolean): Promise<Payment>;
}

/** What the stream of an order says of its payment, for a channel that has to know it. */
export interface PaymentOnRecord {
  readonly orderId: OrderId;
  readonly method: PaymentMethod;
  /** As the order was placed. */
  readonly firstTotal: Money;
  /** Milliseconds since the epoch. */
  readonly placedAt: number;
  /** The number of the last authorisation on record, from 1 on. */
  readonly attempt: number;
  /** The channel's id of it, or of what was captured; undefined before. */
  readonly paymentId?: string;
  /** The refund that is to be made. */
  readonly refund?: {
    readonly refundId: string;
    /** When it was asked for first: milliseconds since the epoch. */
    readonly askedAt: number;
  };
}

/** The channel for one order, as long as one use case is at work on it. */
export type PaymentGatewayOfOrder = (onRecord: PaymentOnRecord) => PaymentGateway;

/** The channels of the methods of payment that the platform offers: one for all orders, or one that has to know what is on record. */
export type PaymentGateways = Readonly<Partial<Record<PaymentMethod['type'], PaymentGateway | PaymentGatewayOfOrder>>>;

/** What the use cases of payments need. */
export interface PaymentDeps extends StepDeps {
  readonly gateways: PaymentGateways;
}
