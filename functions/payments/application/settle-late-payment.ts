import type { OrderId } from '../../shared/kernel/ids.ts';
import type { PaymentDeps } from './ports.ts';
import { voidPayment } from './void.ts';

/**
 * Gives a payment back that came after its order was cancelled, and of which only a notification tells: the channel is asked, and
 * its answer decides. Does nothing for an order that goes on, whose saga asks, nor for one without a notification. Safe to repeat, and beside the saga's own
 * compensation.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, ConcurrencyConflict, CircuitOpen, PartnerBusy, NoHealthyInstance: the queue tries again
 */
export async function settleLatePayment(deps: PaymentDeps, orderId: OrderId): Promise<void> {
  const stream = await deps.log.read(orderId);
  const isCancelled = stream.some(({ type }) => type === 'OrderCancelled');
  const isNotified = stream.some(({ type }) => type === 'PaymentNotified');
  if (isCancelled && isNotified) await voidPayment(deps, { orderId });
}
