import { isReversal } from '../../published/order-refunds.ts';
import { isCancelled } from '../../published/order-rest.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { orderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { refundsSoFar } from '../domain/refund-so-far.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps } from './ports.ts';
import { recordReversals } from './record-reversals.ts';

const STEP = 'NoticeFailedRefunds';

/**
 * Asks the channel whether a refund that was made has failed since, as when the customer's bank does not take it: records RefundFailed, and gives it to a
 * person, who can have it made again. Does nothing for an order of which nothing went back, nor for a cancelled one: whatever gives all of its payment
 * back asks by itself. Safe to repeat.
 * @param dueAt when the person should have seen to it: milliseconds since the epoch
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderChanged, ConcurrencyConflict, CircuitOpen, PartnerBusy, NoHealthyInstance: the queue tries again
 */
export async function noticeFailedRefunds(deps: PaymentDeps, orderId: OrderId, dueAt: number): Promise<void> {
  const stream = await deps.log.read(orderId);
  if (isCancelled(stream) || !stream.some(({ type }) => type === 'PaymentRefunded')) return;
  const payment = await gatewayOf(deps.gateways, orderSoFar(orderId, stream)).find(orderId);
  const isNew = await recordReversals(deps, stream, payment, STEP);
  // An attempt before this one may have died between the two.
  for (const { refundId, failure, lastFailure, wasTask } of refundsSoFar(
    isNew ? await deps.log.read(orderId) : stream,
  )) {
    if (failure === undefined || wasTask || !lastFailure || !isReversal(lastFailure)) continue;
    await openTask(deps, { orderId, kind: 'refund', refundId, error: failure, dueAt }, STEP);
  }
}
