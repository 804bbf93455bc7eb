/** The ends of an order's saga: confirmed, or cancelled after the compensations. */

import type { CancellationReason, Compensation, CompensationParked } from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import { decider } from './decider.ts';
import { cancelled, commented } from './placing.ts';

/** A customer or an operator asks for the cancellation of the order. */
export interface RequestCancellation extends Command<'RequestCancellation'> {
  readonly reason: Extract<CancellationReason, 'customer_request' | 'operator_request'>;
  readonly comment?: string;
}

/**
 * Cancels a held order at once. For any other order the cancellation is requested: the running saga compensates, or,
 * once the order is confirmed, a saga of its own does. After shipping, the goods come back as a return instead.
 */
const requestCancellation = decider<RequestCancellation>()
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

/** Every step of the saga has succeeded. */
export type ConfirmOrder = Command<'ConfirmOrder'>;

/** Confirms an order whose payment is captured and whose shipment is arranged; a repetition makes no event. */
const confirmOrder = decider<ConfirmOrder>()
  .in('payment_completed', 'processing')
  .to('processing', (order) => {
    if (order.status === 'processing') return accept([]);
    if (order.payment.status !== 'captured' || order.shipment.status !== 'arranged') {
      return refuse({ kind: 'incomplete', payment: order.payment.status, shipment: order.shipment.status });
    }
    return accept([{ type: 'OrderConfirmed', data: { customerId: order.customerId } }]);
  });

/** The saga has compensated, because a step failed or a cancellation was requested. */
export interface CancelOrder extends Command<'CancelOrder'> {
  /** The reason of the failure; a requested cancellation keeps its own reason. */
  readonly reason: CancellationReason;
  /** The compensations that failed, each with its error. */
  readonly parked: readonly { readonly step: Compensation; readonly error: string }[];
}

/** Ends a cancellation and names the parked compensations; a repetition makes no event. */
const cancelOrder = decider<CancelOrder>()
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

export const CLOSING = {
  RequestCancellation: requestCancellation,
  ConfirmOrder: confirmOrder,
  CancelOrder: cancelOrder,
} as const;
