import { assertNever } from '../../shared/kernel/assert-never.ts';
import { inWords } from '../../shared/kernel/money.ts';
import type { DiscountNotApplicable } from '../domain/pricing/redeem-codes.ts';
import type { WhyNoEffect } from '../domain/pricing/why-no-effect.ts';

/** Why a code gives an order no discount, and what the client can do. */
export function whyNoDiscount(refusal: DiscountNotApplicable): string {
  const { code } = refusal;
  switch (refusal.because) {
    case 'unknown':
      return `There is no discount code ${code}.`;
    case 'inactive':
      return `The discount code ${code} is not valid now.`;
    case 'no-effect':
      return `The discount code ${code} takes nothing off this order: ${inSentence(refusal.why)} Leave it out.`;
    default:
      return assertNever(refusal);
  }
}

function inSentence(why: WhyNoEffect): string {
  switch (why.reason) {
    case 'other-currency':
      return `it is for orders in ${why.expected}, and this one is in ${why.got}.`;
    case 'other-articles':
      return `none of its articles is on it; expected ${why.skus.join(' or ')}.`;
    case 'subtotal-too-small':
      return `its articles have to cost ${inWords(why.minimum)} or more, after the codes before it.`;
    case 'too-few-units':
      return `it needs ${why.minimum} units or more of its articles.`;
    case 'nothing-left':
      return 'its articles are free, or the codes before it have made them free.';
    case 'below-minor-unit':
      return 'its share of the price is below the smallest amount of the currency.';
    case 'several':
      return 'none of its rules is for this order.';
    default:
      return assertNever(why);
  }
}
