/** The order id in the path of a request. A text that is no id is answered like an id that does not exist. */

import { type OrderId, parseOrderId } from '../kernel/ids.ts';
import { Problem } from './problem.ts';
import { ORDER_NOT_FOUND } from './problems.ts';
import type { ApiRequest } from './request.ts';

/** @throws Problem 404 */
export function orderIdOf({ pathParameters }: Pick<ApiRequest, 'pathParameters'>): OrderId {
  const text = pathParameters.orderId ?? '';
  try {
    return parseOrderId(text);
  } catch (cause) {
    throw orderNotFound(text, cause);
  }
}

export const orderNotFound = (orderId: string, cause?: unknown): Problem =>
  new Problem(ORDER_NOT_FOUND, `There is no order ${orderId.slice(0, 64)}.`, { cause });
