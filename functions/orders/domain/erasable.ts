/** Whether the personal data of an order is needed no more. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { isAtRest } from '../../published/order-rest.ts';
import { fold } from './evolve.ts';
import type { OrderStatus } from './state.ts';

/** Why an order's personal data cannot be erased yet. Part of the API. */
export const ERASURE_WAITS = ['order_under_way', 'return_under_way', 'money_or_task_open'] as const;
export type ErasureWait = (typeof ERASURE_WAITS)[number];

const ENDED: readonly string[] = ['delivered', 'cancelled', 'refunded'];
const OPEN_RETURNS: readonly string[] = ['requested', 'partly_received'];

/** Whether goods and money of an order in this status are where they stay, unless something of it comes back. */
export const hasEnded = (status: OrderStatus): boolean => ENDED.includes(status);

/**
 * What has to end first: the parcel needs its address, a refund its account, a task the people who can say what happened.
 * @returns undefined when nothing has
 */
export function whyNotErasable(stream: readonly RecordedOrderEvent[]): ErasureWait | undefined {
  const order = fold(stream);
  if (order.status === 'none' || !hasEnded(order.status)) return 'order_under_way';
  if (order.returns.some(({ status }) => OPEN_RETURNS.includes(status))) return 'return_under_way';
  return isAtRest(stream) ? undefined : 'money_or_task_open';
}
