import type { Caller } from '../../shared/http/caller.ts';

/**
 * Whether an order is open to the caller, by the customer who placed it: a customer's own are, and every order is for the
 * operators that a route admits. An order that is not open is answered like one that does not exist (`orderNotFound`), so that no
 * caller can find out which ids are in use.
 */
export const ordersOpenTo =
  (caller: Caller) =>
  (owner: string): boolean =>
    caller.type === 'operator' || owner === caller.id;
