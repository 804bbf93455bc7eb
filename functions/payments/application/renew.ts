import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import type { OrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { afterRenewal } from '../domain/take-payment.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

/** @param now milliseconds since the epoch */
export function isPastValidity({ authorisation }: OrderSoFar, { capabilities }: PaymentGateway, now: number): boolean {
  const { authorisationValidSeconds } = capabilities;
  if (authorisation === undefined || authorisationValidSeconds === undefined) return false;
  return now >= Date.parse(authorisation.at) + 1_000 * authorisationValidSeconds;
}

/**
 * Authorises the order's total anew, and records PaymentAuthorised. Safe to repeat: the attempt has the same number until it is recorded.
 * @throws PaymentDeclined when nothing is authorised any more; PaymentGatewayUnavailable, PaymentOutcomeUnknown, ConcurrencyConflict
 */
export async function renew(deps: PaymentDeps, order: OrderSoFar, gateway: PaymentGateway): Promise<void> {
  const { created, total, authorisation } = order;
  const attempt = (authorisation?.attempt ?? 1) + 1;
  const payment = await gateway.renew(created.orderId, attempt, total);
  await concludeStep(deps, { order, step: 'CapturePayment', outcome: afterRenewal(created.orderId, payment, attempt) });
}
