import { Problem } from '../shared/edge/problem.ts';
import { assertNever } from '../shared/kernel/assert-never.ts';
import type { PlacingRefusal } from './place-order.ts';

/** What a client is told when its order is not taken. */
export function problemOfRefusal(refusal: PlacingRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown-skus':
      return new Problem('unknown-sku', `The catalogue does not list ${refusal.skus.join(', ')}.`);
    case 'mixed-currencies':
      return new Problem('invalid-request', 'The articles are priced in different currencies; order them apart.');
    case 'total-too-large':
      return new Problem('order-too-large', 'The total of this order is beyond what can be charged.');
    case 'id-in-use':
      return new Problem('idempotency-key-reused', 'Another request was made with this Idempotency-Key. Use a new key for a new order.');
    default:
      return assertNever(refusal);
  }
}
