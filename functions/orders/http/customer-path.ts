/** The customer id in the path of a request. A text that is no id is answered like an id that does not exist. */

import { Problem } from '../../shared/http/problem.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import { type CustomerId, isCustomerId } from '../../shared/kernel/ids.ts';
import { CUSTOMER_NOT_FOUND } from './problems.ts';

/**
 * @param isOpen whether the orders of a customer are open to the caller
 * @throws Problem 404, also for a customer whose orders are not open to the caller: a customer learns nothing about others
 */
export function customerIdOf(
  { pathParameters }: Pick<ApiRequest, 'pathParameters'>,
  isOpen: (customer: string) => boolean,
): CustomerId {
  const text = pathParameters.customerId ?? '';
  if (isCustomerId(text) && isOpen(text)) return text;
  throw new Problem(CUSTOMER_NOT_FOUND, `There is no customer ${text.slice(0, 64)}.`);
}
