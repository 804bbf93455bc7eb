/** How an order's saga ends: confirmed, or cancelled after everything was undone. */

import type { CompensationParked } from '../../../published/order-events.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { CancelOrder, ConfirmOrder, RequestCancellation } from '../commands.ts';
import { decider } from './decider.ts';
import { cancelled, commented } from './placing.ts';

/**
 * Cancels a held order at once. Any other is asked to: the running saga undoes what it has done, or, once it is confirmed,
 * a saga of its own does. What is with the carrier comes back as a return instead.
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

/** Confirms an order whose money is taken and whose shipment is arranged; again is no event. */
export const confirmOrder = decider<ConfirmOrder>('ConfirmOrder')
  .in('payment_completed', 'processing')
  .to('processing', (order) => {
    if (order.status === 'processing') return accept([]);
    if (order.payment.status !== 'captured' || order.shipment.status !== 'arranged') {
      return refuse({ kind: 'incomplete', payment: order.payment.status, shipment: order.shipment.status });
    }
    return accept([{ type: 'OrderConfirmed', data: { customerId: order.customerId } }]);
  });

/** Ends a cancellation, naming what a person must still undo; again is no event. */
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
