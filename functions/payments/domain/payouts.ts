import type { Transfer } from '../../published/order-transfers.ts';
import { type Money, money } from '../../shared/kernel/money.ts';

/** A part of a refund, to the account of one transfer. */
export interface PayoutShare {
  readonly amount: Money;
  readonly creditor: Transfer['debtor'];
}

/**
 * To whom `amount` goes back: the newest transfer first, and to no account more than came from it.
 * @param given what earlier refunds gave back, in minor units
 */
export function sharesOf(paying: readonly Transfer[], given: number, amount: Money): readonly PayoutShare[] {
  let [skip, left] = [given, amount.amount];
  return paying.toReversed().flatMap(({ amount: { amount: paid }, debtor: creditor }) => {
    const open = Math.max(0, paid - skip);
    skip = Math.max(0, skip - paid);
    const share = Math.min(open, left);
    left -= share;
    return share > 0 ? { amount: money(share, amount.currency), creditor } : [];
  });
}
