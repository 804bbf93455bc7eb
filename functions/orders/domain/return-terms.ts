/** What a return costs by the shop's rule. Pure. */
import type { ReturnReason } from './event-data.ts';

/** Hundredths of a percent, by the reasons that are not the shop's fault. */
export type FeeRule = Readonly<Record<'changed_mind' | 'does_not_fit' | 'other', number>>;

/** The part of its refunds that the shop keeps, in hundredths of a percent. A return without a reason counts as one for another reason. */
export const feeOf = (rule: FeeRule, reason: ReturnReason = 'other'): number =>
  reason === 'changed_mind' || reason === 'does_not_fit' || reason === 'other' ? rule[reason] : 0;
