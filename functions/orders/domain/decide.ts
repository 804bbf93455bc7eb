import { sum, times } from '../../shared/kernel/money.ts';
import type { OrderCancelled, OrderConfirmed, OrderCreated, CompensationParked } from '../../shared/kernel/order-events.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { CancelOrder, ConfirmOrder, CreateOrder } from './commands.ts';
import type { Order, OrderStatus } from './state.ts';

/** The command does not exist in the order's state. */
export interface IllegalTransition {
  readonly kind: 'illegal-transition';
  readonly from: OrderStatus;
  readonly to: OrderStatus;
}

/** An order with this id exists already. `sameRequest` tells a repeated request from a reused key. */
export interface OrderExists {
  readonly kind: 'order-exists';
  readonly sameRequest: boolean;
}

/** The order's worth is beyond the whole numbers that are exact. */
export interface TotalTooLarge {
  readonly kind: 'total-too-large';
}

export function decideCreate(order: Order, command: CreateOrder): Result<readonly [OrderCreated], OrderExists | TotalTooLarge> {
  if (order.status !== 'none') {
    return refuse({ kind: 'order-exists', sameRequest: order.requestHash === command.requestHash });
  }
  const { customerId, lines, shippingAddress, paymentMethod, requestHash } = command;
  const [first] = lines;
  if (!first) throw new RangeError('An order has at least one line.');
  const roughly = lines.reduce((total, { unitPrice, quantity }) => total + unitPrice.amount * quantity, 0);
  if (roughly > Number.MAX_SAFE_INTEGER) return refuse({ kind: 'total-too-large' });
  const total = sum(lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity)), first.unitPrice.currency);
  return accept([{ type: 'OrderCreated', data: { customerId, lines, total, shippingAddress, paymentMethod, requestHash } }]);
}

/** Confirms an order whose money is taken and whose shipment is arranged; again is no event. */
export function decideConfirm(order: Order, _command: ConfirmOrder): Result<readonly OrderConfirmed[], IllegalTransition> {
  if (order.status === 'processing') return accept([]);
  const ready = order.status === 'payment_completed' && order.payment.status === 'captured' && order.shipment.status === 'arranged';
  if (!ready) return refuse({ kind: 'illegal-transition', from: order.status, to: 'processing' });
  return accept([{ type: 'OrderConfirmed', data: {} }]);
}

/** Cancels an order that is not confirmed, naming what a person must still undo; again is no event. */
export function decideCancel(order: Order, command: CancelOrder): Result<readonly (CompensationParked | OrderCancelled)[], IllegalTransition> {
  if (order.status === 'cancelled') return accept([]);
  if (order.status === 'none' || order.status === 'processing') {
    return refuse({ kind: 'illegal-transition', from: order.status, to: 'cancelled' });
  }
  return accept([
    ...command.parked.map((data): CompensationParked => ({ type: 'CompensationParked', data })),
    { type: 'OrderCancelled', data: { reason: command.reason, parked: command.parked.map(({ step }) => step) } },
  ]);
}
