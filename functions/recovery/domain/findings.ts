import type { OrderId } from '../../shared/kernel/ids.ts';

/**
 * Why an order is without progress; part of the API.
 * - `saga_not_started`: no execution was ever started for what was begun
 * - `saga_ended`: all executions for it have ended
 * - `reservation_expired`: it is not paid, and its goods are no longer kept for it
 * - `refund_unanswered`: a refund was asked for hours ago, and is neither made nor failed
 * - `refund_failed`: a refund has failed, and is no person's task
 */
export const FINDINGS = [
  'saga_not_started',
  'saga_ended',
  'reservation_expired',
  'refund_unanswered',
  'refund_failed',
] as const;
/** What was done about it; part of the API. */
export const REPAIRS = ['started', 'cancellation_requested', 'task_opened'] as const;

/** An order without progress. */
export interface Finding {
  readonly orderId: OrderId;
  readonly found: (typeof FINDINGS)[number];
  readonly repair: (typeof REPAIRS)[number];
}
