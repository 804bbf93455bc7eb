/** The ends of an order's saga: confirmed, or cancelled after the compensations. */

import {
  type CancellationReason,
  type Compensation,
  type TaskOpened,
  type TaskResolved,
  taskIdOf,
} from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { ExistingOrder } from '../state.ts';
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
    'backordered',
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
  /** The compensations that failed: the saga waits, and does them again. */
  readonly unfinished: readonly FailedCompensation[];
  /** The compensations that an execution of release 0.2.0 or before leaves to a person. */
  readonly parked: readonly ParkedCompensation[];
}

interface FailedCompensation {
  readonly step: Compensation;
  readonly error: string;
}

interface ParkedCompensation extends FailedCompensation {
  /** When the person should have done it: ISO 8601, UTC. */
  readonly dueAt: string;
}

/** Cancels the order, and names the compensations that are not done; later on resolves the tasks of those that are done by now. */
const cancelOrder = decider<CancelOrder>()
  .in(
    'created',
    'backordered',
    'inventory_reserved',
    'payment_pending',
    'payment_completed',
    'payment_failed',
    'cancelling',
    'cancelled',
  )
  .to('cancelled', (order, { reason, unfinished, parked }) => {
    const notDone = [...unfinished, ...parked];
    if (order.status === 'cancelled') return accept(resolved(order, notDone));
    return accept([
      ...parked.map(({ step, error, dueAt }): TaskOpened => {
        const taskId = taskIdOf(order.orderId, 'compensation', step, 1);
        return { type: 'TaskOpened', data: { taskId, kind: 'compensation', step, error, dueAt } };
      }),
      cancelled(order, {
        reason: order.status === 'cancelling' ? order.reason : reason,
        parked: notDone.map(({ step }) => step),
      }),
    ]);
  });

/** What was done can be undone since: a refund can fail after it was made, whose task is younger than the saga's own attempt. */
const resolved = ({ parked, payment }: ExistingOrder, notDone: readonly FailedCompensation[]): TaskResolved[] =>
  parked.flatMap(({ step, taskId }) =>
    notDone.some((failed) => failed.step === step) || (step === 'VoidPayment' && payment.status === 'captured')
      ? []
      : [{ type: 'TaskResolved', data: { taskId, kind: 'compensation', step, resolution: 'completed' } }],
  );

export const CLOSING = {
  RequestCancellation: requestCancellation,
  ConfirmOrder: confirmOrder,
  CancelOrder: cancelOrder,
} as const;
