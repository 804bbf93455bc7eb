import { PAYMENT_METHODS } from '../../published/order-events.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { CHART, typeOf } from './accounts.ts';
import { type Posting, unbalanced } from './entry.ts';
import type { CorrectionPosted } from './events.ts';

export type CorrectionRefusal =
  /** The postings of a unit do not sum to zero, or are none. */
  | { readonly kind: 'not-balanced' }
  /** The chart has no such account, or none for each method of payment. */
  | { readonly kind: 'no-account'; readonly account: string }
  /** An account of money has a currency. */
  | { readonly kind: 'wrong-unit'; readonly account: string; readonly unit: string };

/** Of payment, with accounts of their own. */
const METHODS: readonly string[] = PAYMENT_METHODS;
const CURRENCY = /^[A-Z]{3}$/;

/**
 * An entry that follows from no event: what a person has found out otherwise, such as what a wrong entry should have been that was taken back.
 */
export function correct(postings: readonly Posting[], reason: string): Result<CorrectionPosted, CorrectionRefusal> {
  if (postings.length === 0 || unbalanced(postings).length > 0 || postings.some(({ amount }) => amount === 0)) {
    return refuse({ kind: 'not-balanced' });
  }
  for (const { account, unit } of postings) {
    const [name = '', method] = account.split('/', 2);
    const isKnown = Object.hasOwn(CHART, name) && isPerMethod(account) === (method !== undefined);
    if (!isKnown || (method !== undefined && !METHODS.includes(method))) return refuse({ kind: 'no-account', account });
    if (typeOf(account).of === 'money' && !CURRENCY.test(unit)) return refuse({ kind: 'wrong-unit', account, unit });
  }
  return accept({ type: 'CorrectionPosted', data: { postings, reason } });
}

const isPerMethod = (account: Posting['account']): boolean => typeOf(account).perMethod === true;
