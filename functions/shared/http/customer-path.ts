/** The customer id in the path of a request. A text that is no id is answered like an id that does not exist. */

import { type CustomerId, isCustomerId } from '../kernel/ids.ts';
import type { Caller } from './caller.ts';
import { Problem } from './problem.ts';
import { CUSTOMER_NOT_FOUND } from './problems.ts';
import type { ApiRequest } from './request.ts';

/**
 * @param isOpen whether what a customer has is open to the caller
 * @throws Problem 404, also for a customer of whom nothing is open to the caller: a customer learns nothing about others
 */
export function customerIdOf(
  { pathParameters }: Pick<ApiRequest, 'pathParameters'>,
  isOpen: (customer: string) => boolean,
): CustomerId {
  const text = pathParameters.customerId ?? '';
  if (isCustomerId(text) && isOpen(text)) return text;
  throw new Problem(CUSTOMER_NOT_FOUND, `There is no customer ${text.slice(0, 64)}.`);
}

/** Whether what a customer has is open to the caller: to the customer, and to operators that the route admits. */
export const openTo =
  (caller: Caller) =>
  (owner: string): boolean =>
    caller.type === 'operator' || owner === caller.id;
