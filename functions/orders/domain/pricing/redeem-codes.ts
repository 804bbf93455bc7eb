import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import type { Promotion } from './promotion.ts';

/** A code that the order cannot be given a discount for. */
export interface DiscountNotApplicable {
  readonly kind: 'discount-not-applicable';
  readonly code: string;
  /**
   * `unknown`: nobody gave the code. `inactive`: it is not valid yet, or no longer. `no-effect`: it takes nothing off this
   * order, because its condition fails, it is for other articles, or earlier codes left nothing.
   */
  readonly because: 'unknown' | 'inactive' | 'no-effect';
}

/**
 * The promotions of `codes`, in their order, or the first code that is not taken.
 * @param known promotions by code; more of them do no harm
 * @param now milliseconds since the epoch
 */
export function redeemCodes(
  codes: readonly string[],
  known: ReadonlyMap<string, Promotion>,
  now: number,
): Result<readonly Promotion[], DiscountNotApplicable> {
  const promotions: Promotion[] = [];
  for (const code of codes) {
    const promotion = known.get(code);
    if (!promotion) return refuse({ kind: 'discount-not-applicable', code, because: 'unknown' });
    if (!isActive(promotion, now)) return refuse({ kind: 'discount-not-applicable', code, because: 'inactive' });
    promotions.push(promotion);
  }
  return accept(promotions);
}

const isActive = ({ validFrom = -Infinity, validUntil = Infinity }: Promotion, now: number): boolean =>
  validFrom <= now && now < validUntil;
