/** The ids in the paths of requests. A text that is no id is answered like an id that does not exist. */

import { Problem } from '../../shared/http/problem.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import { type CustomerId, isCustomerId, type OrderId, parseOrderId } from '../../shared/kernel/ids.ts';
import { CUSTOMER_NOT_FOUND, ORDER_NOT_FOUND } from './problems.ts';

type RequestWithPath = Pick<ApiRequest, 'pathParameters'>;

/** @throws Problem 404 */
export function orderIdOf({ pathParameters }: RequestWithPath): OrderId {
  const text = pathParameters.orderId ?? '';
  try {
    return parseOrderId(text);
  } catch (cause) {
    throw orderNotFound(text, cause);
  }
}

export const orderNotFound = (orderId: string, cause?: unknown): Problem =>
  new Problem(ORDER_NOT_FOUND, `There is no order ${orderId.slice(0, 64)}.`, { cause });

/**
 * @param isOpen whether the orders of a customer are open to the caller
 * @throws Problem 404, also for a customer whose orders are not open to the caller: a customer learns nothing about others
 */
export function customerIdOf({ pathParameters }: RequestWithPath, isOpen: (customer: string) => boolean): CustomerId {
  const text = pathParameters.customerId ?? '';
  if (isCustomerId(text) && isOpen(text)) return text;
  throw new Problem(CUSTOMER_NOT_FOUND, `There is no customer ${text.slice(0, 64)}.`);
}
