/** The numbers under which channels keep our orders and refunds. Some take 32 characters at most. */
import { v5, validate } from 'uuid';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { RefundsOnRecord } from '../domain/refunds-on-record.ts';

/** The order's id without its hyphens. */
export const numberOf = (orderId: OrderId): string => orderId.replaceAll('-', '');

/** The order's id; undefined for a number that is not made of one. */
export function orderIdOf(number: string): OrderId | undefined {
  const id = number.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return validate(id) ? (id as OrderId) : undefined;
}

/**
 * Channels tell refunds apart over all orders, and ids of ours only within one.
 * @param attempt further ones follow when those before have failed for good. @default 1
 */
export const refundNumberOf = (orderId: OrderId, refundId: string, attempt = 1): string =>
  numberOf(v5(attempt === 1 ? refundId : `${refundId}:${attempt}`, orderId) as OrderId);

/** All numbers under which refunds of an order may have been ordered. */
export const refundNumbersOf = (
  orderId: OrderId,
  { ids, attempts }: Pick<RefundsOnRecord, 'ids' | 'attempts'>,
): ReadonlySet<string> =>
  new Set(ids.flatMap((id) => Array.from({ length: attempts }, (_, at) => refundNumberOf(orderId, id, at + 1))));

/** What channels have as the number of a refund, also of one that somebody has made there: 1 to 64 characters of ASCII. */
export const isRefundNumber = (text: string): boolean => /^[!-~]{1,64}$/.test(text);
