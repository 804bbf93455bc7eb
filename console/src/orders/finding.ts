/** What the one box finds, and where that is shown. */

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const CUSTOMER = /^customer:(.+)$/i;

export type Question =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'words'; readonly words: string };

/** A whole order id is that order; `customer:C1` the orders of the customer C1; everything else is searched for. */
export function questionIn(text: string): Question {
  const asked = text.trim();
  if (asked === '') return { kind: 'nothing' };
  if (UUID.test(asked)) return { kind: 'order', orderId: asked.toLowerCase() };
  const customer = CUSTOMER.exec(asked)?.[1]?.trim();
  if (customer !== undefined) return { kind: 'customer', customerId: customer };
  return { kind: 'words', words: asked };
}

/** The address in the console that answers the text. */
export function wayTo(text: string): string {
  const question = questionIn(text);
  if (question.kind === 'nothing') return '/orders';
  if (question.kind === 'order') return `/orders/${question.orderId}`;
  return `/orders?${new URLSearchParams({ q: text.trim() }).toString()}`;
}

export const ordersOfCustomer = (customerId: string): string => wayTo(`customer:${customerId}`);
