/** Events about the refunds and the end of an order, for tests of its books. */
import type { OrderEvent, TaskKind, TaskResolution } from '../../../functions/published/order-events.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { CUSTOMER_ID, EVENTS, HAPPY_PATH } from '../orders/streams.ts';

const cny = (amount: number) => money(amount, 'CNY');

export const asked = (refundId = 'r-1', amount = 1_000): OrderEvent => ({
  type: 'RefundRequested',
  data: { refundId, amount: cny(amount), lines: [] },
});
export const refunded = (refundId = 'r-1', amount = 1_000): OrderEvent => ({
  type: 'PaymentRefunded',
  data: { paymentId: 'pay-1', amount: cny(amount), refundId },
});
export const failed = (refundId = 'r-1'): OrderEvent => ({
  type: 'RefundFailed',
  data: { refundId, reason: 'refused' },
});
export const resolved = (
  resolution: TaskResolution,
  task: { readonly kind?: TaskKind; readonly step?: 'VoidPayment' | 'CancelShipment'; readonly refundId?: string } = {
    kind: 'refund',
    refundId: 'r-1',
  },
): OrderEvent => ({ type: 'TaskResolved', data: { taskId: 'task-1', kind: 'compensation', ...task, resolution } });
export const opened = (kind: TaskKind): OrderEvent => ({
  type: 'TaskOpened',
  data: { taskId: 'task-1', kind, error: 'Refused', dueAt: '2026-01-02T13:04:05.000Z' },
});
export const captured = (amount: number): OrderEvent => ({
  type: 'PaymentCaptured',
  data: { paymentId: 'pay-1', amount: cny(amount) },
});
export const cancelling: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'processing' },
};
export const cancelled: OrderEvent = {
  type: 'OrderCancelled',
  data: { customerId: CUSTOMER_ID, reason: 'customer_request', parked: [] },
};
/** A confirmed order, paid with CNY 45.00, before its goods are reserved in any book. */
export const CONFIRMED: readonly OrderEvent[] = HAPPY_PATH.filter(({ type }) => type !== 'InventoryReserved');
export const { refunded: allRefunded } = EVENTS;
