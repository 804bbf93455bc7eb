import { Problem } from '../shared/edge/problem.ts';
import { assertNever } from '../shared/kernel/assert-never.ts';
import type { DiscountNotApplicable } from './domain/pricing/redeem-codes.ts';
import type { PlacingRefusal } from './place-order.ts';

const WHY_NOT = {
  unknown: (code) => `There is no discount code ${code}.`,
  inactive: (code) => `The discount code ${code} is not valid now.`,
  'no-effect': (code) => `The discount code ${code} takes nothing off this order.`,
} as const satisfies Record<DiscountNotApplicable['because'], (code: string) => string>;

/** What a client is told when its order is not taken. */
export function problemOfRefusal(refusal: PlacingRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown-skus':
      return new Problem('unknown-sku', `The catalogue does not list ${refusal.skus.join(', ')}.`);
    case 'mixed-currencies':
      return new Problem('invalid-request', 'The articles are priced in different currencies; order them apart.');
    case 'discount-not-applicable':
      return new Problem('discount-not-applicable', WHY_NOT[refusal.because](refusal.code));
    case 'nothing-to-charge':
      return new Problem('nothing-to-charge', 'These codes make the order free, and there would be nothing to charge the card with.');
    case 'total-too-large':
      return new Problem('order-too-large', 'The total of this order is beyond what can be charged.');
    case 'id-in-use':
      return new Problem('idempotency-key-reused', 'Another request was made with this Idempotency-Key. Use a new key for a new order.');
    default:
      return assertNever(refusal);
  }
}
