import { openTo } from '../../shared/http/customer-path.ts';

/**
 * Whether the caller may see an order, by its customer: a customer sees their own orders, and every order is visible
 * for the operators that a route admits. An order that is not open is answered like one that does not exist
 * (`orderNotFound`), so that no caller can find out which ids are in use.
 */
export const ordersOpenTo = openTo;
