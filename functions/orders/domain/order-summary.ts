import type { Money } from '../../shared/kernel/money.ts';
import type { OrderView } from './order-view.ts';

/** One order as lists show it. */
export interface OrderSummary {
  readonly orderId: string;
  readonly customerId: string;
  readonly status: OrderView['status'];
  /** Whether a compensation is parked. */
  readonly parked: boolean;
  readonly total: Money;
  /** Units of all articles together. */
  readonly units: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The version of the last event that the summary shows. */
  readonly version: number;
}

export function summaryOf({
  orderId,
  customerId,
  status,
  parked,
  total,
  items,
  createdAt,
  updatedAt,
  version,
}: OrderView): OrderSummary {
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return { orderId, customerId, status, parked, total, units, createdAt, updatedAt, version };
}
