/** The numbers under which channels keep our orders and refunds. Some take 32 characters at most. */
import { v5 } from 'uuid';
import { type OrderId, parseOrderId } from '../../shared/kernel/ids.ts';

/** The order's id without its hyphens. */
export const numberOf = (orderId: OrderId): string => orderId.replaceAll('-', '');

/** @throws RangeError unless `number` was made of an order's id */
export const orderIdOf = (number: string): OrderId =>
  parseOrderId(number.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));

/** Channels tell refunds apart over all orders, and ids of ours only within one. */
export const refundNumberOf = (orderId: OrderId, refundId: string): string =>
  numberOf(v5(refundId, orderId) as OrderId);
