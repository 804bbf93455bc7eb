import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import type { Promotion } from './promotion.ts';
import type { WhyNoEffect } from './why-no-effect.ts';

/** A code that gives the order no discount. */
export type DiscountNotApplicable = {
  readonly kind: 'discount-not-applicable';
  readonly code: string;
} & (
  | {
      /** `unknown`: there is no such code. `inactive`: it is not valid yet, or no longer, and not on the order. */
      readonly because: 'unknown' | 'inactive';
    }
  | { readonly because: 'no-effect'; readonly why: WhyNoEffect }
);

/**
 * The promotions of `codes`, in their order, or the first code that is not taken.
 * @param known promotions by code; it may have others, too
 * @param now milliseconds since the epoch
 * @param redeemed codes that are on the order already: for its own changes they stay valid. @default none
 */
export function redeemCodes(
  codes: readonly string[],
  known: ReadonlyMap<string, Promotion>,
  now: number,
  redeemed: readonly string[] = [],
): Result<readonly Promotion[], DiscountNotApplicable> {
  const promotions: Promotion[] = [];
  for (const code of codes) {
    const promotion = known.get(code);
    if (!promotion) return refuse({ kind: 'discount-not-applicable', code, because: 'unknown' });
    const isValid = redeemed.includes(code) || isActive(promotion, now);
    if (!isValid) return refuse({ kind: 'discount-not-applicable', code, because: 'inactive' });
    promotions.push(promotion);
  }
  return accept(promotions);
}

const isActive = ({ validFrom = -Infinity, validUntil = Infinity }: Promotion, now: number): boolean =>
  validFrom <= now && now < validUntil;
