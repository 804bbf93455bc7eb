import { describe, test } from 'vitest';
import type { RefundScope } from '../../../../../../functions/orders/domain/decide/refunding.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import type { Units } from '../../../../../../functions/shared/kernel/units.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { requested, SHIPPED, units } from '../../../../../support/orders/refunds.ts';
import { inCurrency } from '../../../../../support/orders/streams.ts';

const refund = (scope: RefundScope, refundId = 'refund-1') => ({ type: 'RefundOrder', refundId, scope }) as const;
const ofUnits = (...items: readonly Units[]): RefundScope => ({ type: 'items', items });

describe('A refund in a currency of which the card gateway takes multiples only', () => {
  test('by amount is refused when it is none', () => {
    const kwd = (amount: number) => money(amount, 'KWD');
    given(...inCurrency('KWD', SHIPPED))
      .when(refund({ type: 'amount', amount: kwd(1_005) }))
      .thenRefused({ kind: 'amount-not-taken', method: 'card', amount: kwd(1_005), step: kwd(10) });
    given(...inCurrency('KWD', SHIPPED))
      .when(refund({ type: 'amount', amount: kwd(1_000) }))
      .then(inCurrency('KWD', requested(1_000)));
  });

  test('of units leaves what is less to the last ones', () => {
    const one = [units('MUG-BLUE', 1)];
    const rest = [units('MUG-BLUE', 2), units('TSHIRT', 1), units('STICKER', 1)];
    const first = inCurrency('KWD', requested(3_330, one, '1'));
    given(...inCurrency('KWD', SHIPPED))
      .when(refund(ofUnits(...one), '1'))
      .then(first);
    given(...inCurrency('KWD', SHIPPED), first)
      .when(refund(ofUnits(...rest), '2'))
      .then(inCurrency('KWD', requested(22_900 - 3_330, rest, '2')));
  });
});
