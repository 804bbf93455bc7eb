import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { Payment } from '../domain/payment.ts';

/**
 * The payment gateway: one payment per order, under the order's id, whatever is repeated. Every change resolves to the
 * payment as it is afterwards, also when the change was refused: a capture may resolve to a voided payment.
 *
 * A lost answer is not a failure: the adapter asks the gateway what became of the payment. Every change throws
 * - PaymentGatewayUnavailable when the gateway did not make it: repeating it is safe;
 * - PaymentOutcomeUnknown when the gateway cannot be asked: repeating it is safe, giving up without an undo is not;
 * - PaymentRequestRefused when the gateway does not take the request as it is.
 */
export interface PaymentGateway {
  /** What the gateway knows of the order's payment. @throws PaymentGatewayUnavailable */
  find(orderId: OrderId): Promise<Payment>;

  /**
   * Holds `amount` at least: a hold that is short of it is raised, one that is not stays. Resolves to an authorised,
   * captured or declined payment, or to one that was undone before. Authorised with less than `amount` means that the raise
   * was declined; what was held before is held still.
   */
  authorise(orderId: OrderId, amount: Money, token: string): Promise<Payment>;

  /**
   * Raises or lowers what is held to `amount`, once per `adjustmentId`, so that a request that arrives late changes nothing
   * again. Resolves to the payment as it is; authorised with less than `amount` means that the raise was declined, and that
   * what was held before is held still. Without an authorisation nothing happens.
   */
  adjust(orderId: OrderId, adjustmentId: string, amount: Money): Promise<Payment>;

  /**
   * Takes `amount` of what is held and gives the rest back. Resolves to a captured payment, or to one that cannot be
   * captured: authorised with less than `amount`, undone, declined or none.
   */
  capture(orderId: OrderId, amount: Money): Promise<Payment>;

  /**
   * Gives the hold back; when there is none, closes the payment against an authorisation that may come later. Resolves
   * to a voided, closed or declined payment, or to a captured or refunded one, which a void cannot change.
   */
  void(orderId: OrderId): Promise<Payment>;

  /**
   * Gives back `amount` of what was taken, once per `refundId`; there may be several refunds, together at most what was
   * taken. Resolves to the payment as it is: when the refund is not among its refunds, it was refused, because less than
   * `amount` is left or nothing was taken.
   */
  refund(orderId: OrderId, refundId: string, amount: Money): Promise<Payment>;
}

/** What the use cases of payments need. */
export interface PaymentDeps extends StepDeps {
  readonly gateway: PaymentGateway;
}
