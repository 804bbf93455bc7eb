import type { Order } from '../api/types.ts';
import { minorUnitsIn } from '../format/money.ts';
import type { ReturnReason } from '../returns/reasons.ts';
import type { CommandId, OrderCommand } from './commands.ts';

/** What a reader has filled in. */
export interface Form {
  readonly comment: string;
  readonly scope: 'items' | 'amount' | 'full';
  /** Of a refund: a decimal number in the order's currency. */
  readonly amount: string;
  /** Units by article, as typed. */
  readonly units: Readonly<Record<string, number>>;
  /** Why goods come back; empty when the customer has not said. */
  readonly returnReason: ReturnReason | '';
}

export const EMPTY_FORM: Form = { comment: '', scope: 'items', amount: '', units: {}, returnReason: '' };

export const needsMore = (id: CommandId): boolean => id === 'refund' || id === 'return';

/** The items of a request: those articles of which there are units. */
const itemsOf = ({ units }: Form): { readonly sku: string; readonly quantity: number }[] =>
  Object.entries(units)
    .filter(([, quantity]) => quantity > 0)
    .map(([sku, quantity]) => ({ sku, quantity }));

/** Why the form cannot be sent yet; undefined when it can. */
export function faultOf(id: CommandId, form: Form, { total }: Order): 'no-units' | 'no-amount' | undefined {
  if (id === 'return' || (id === 'refund' && form.scope === 'items')) {
    return itemsOf(form).length === 0 ? 'no-units' : undefined;
  }
  if (id === 'refund' && form.scope === 'amount') {
    return minorUnitsIn(form.amount, total.currency) === undefined ? 'no-amount' : undefined;
  }
  return undefined;
}

/** The body of the request, as the API takes it. */
export function bodyOf({ id, reason }: OrderCommand, form: Form, { total }: Order): unknown {
  const comment = form.comment.trim();
  const commented = reason === 'none' || comment === '' ? {} : { comment };
  if (id === 'return') {
    const reason = form.returnReason;
    return { items: itemsOf(form), ...(reason === '' ? {} : { reason }), ...commented };
  }
  if (id !== 'refund') return commented;
  if (form.scope === 'full') return { type: 'full', ...commented };
  if (form.scope === 'items') return { type: 'items', items: itemsOf(form), ...commented };
  const amount = { amount: minorUnitsIn(form.amount, total.currency), currency: total.currency };
  return { type: 'amount', amount, ...commented };
}
