/** The ends of an order's saga: confirmed, or cancelled after the compensations. */

import type { CompensationParked } from '../../../published/order-events.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { CancelOrder, ConfirmOrder, RequestCancellation } from '../commands.ts';
import { decider } from './decider.ts';
import { cancelled, commented } from './placing.ts';

/**
 * Cancels a held order at once. For any other order the cancellation is requested: the running saga compensates, or,
 * once the order is confirmed, a saga of its own does. After shipping, the goods come back as a return instead.
 */
export const requestCancellation = decider<RequestCancellation>('RequestCancellation')
  .in(
    'held',
    'created',
    'inventory_reserved',
    'payment_pending',
    'payment_completed',
    'payment_failed',
    'processing',
    'cancelling',
    'cancelled',
  )
  .to('cancelling', (order, { reason, comment }) => {
    if (order.status === 'cancelling' || order.status === 'cancelled' || order.status === 'payment_failed') {
      return accept([]);
    }
    if (order.status === 'held') return accept([cancelled(order, { reason, parked: [], ...commented(comment) })]);
    return accept([{ type: 'CancellationRequested', data: { reason, from: order.status, ...commented(comment) } }]);
  });

/** Confirms an order whose payment is captured and whose shipment is arranged; a repetition makes no event. */
export const confirmOrder = decider<ConfirmOrder>('ConfirmOrder')
  .in('payment_completed', 'processing')
  .to('processing', (order) => {
    if (order.status === 'processing') return accept([]);
    if (order.payment.status !== 'captured' || order.shipment.status !== 'arranged') {
      return refuse({ kind: 'incomplete', payment: order.payment.status, shipment: order.shipment.status });
    }
    return accept([{ type: 'OrderConfirmed', data: { customerId: order.customerId } }]);
  });

/** Ends a cancellation and names the parked compensations; a repetition makes no event. */
export const cancelOrder = decider<CancelOrder>('CancelOrder')
  .in(
    'created',
    'inventory_reserved',
    'payment_pending',
    'payment_completed',
    'payment_failed',
    'cancelling',
    'cancelled',
  )
  .to('cancelled', (order, { reason, parked }) => {
    if (order.status === 'cancelled') return accept([]);
    return accept([
      ...parked.map((data): CompensationParked => ({ type: 'CompensationParked', data })),
      cancelled(order, {
        reason: order.status === 'cancelling' ? order.reason : reason,
        parked: parked.map(({ step }) => step),
      }),
    ]);
  });
