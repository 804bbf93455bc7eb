import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import { firstExpiry } from '../../../../../../functions/orders/domain/returns.ts';
import type { ExistingOrder } from '../../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import type { Units } from '../../../../../../functions/shared/kernel/units.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { paidBack, requested, SHIPPED, total, units } from '../../../../../support/orders/refunds.ts';
import {
  expired,
  inspected,
  receive,
  received,
  refundFor,
  request,
  returned,
  returnedBy,
  twoMugs,
  withdrawn,
} from '../../../../../support/orders/returns.ts';
import { streamOf } from '../../../../../support/orders/streams.ts';

const UNTIL = '2026-03-01T00:00:00.000Z';
const [mug, shirt] = [units('MUG-BLUE', 1), units('TSHIRT', 1)];
const expire = (at = UNTIL) => ({ type: 'ExpireReturn', returnId: 'return-1', at }) as const;
const expected = [...SHIPPED, returnedBy(UNTIL, twoMugs, shirt)];
const over = [...expected, expired(twoMugs, shirt)];
const returnsOf = (...events: readonly OrderEvent[]) => (fold(streamOf(events)) as ExistingOrder).returns;
/** Another return of the same goods, by its id. */
const again = (...lines: readonly Units[]): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId: 'return-2', lines },
});

describe('A return of which nothing has come', () => {
  test('says until when it is expected', () => {
    given(...SHIPPED)
      .when({ ...request(twoMugs), expectedUntil: UNTIL })
      .then(returnedBy(UNTIL, twoMugs));
    expect(returnsOf(...expected)).toMatchObject([{ status: 'requested', expectedUntil: UNTIL }]);
    expect(firstExpiry(returnsOf(...expected))).toBe(UNTIL);
  });

  test('expires then, and not before', () => {
    given(...expected)
      .when(expire('2026-02-28T23:59:59.999Z'))
      .then();
    given(...expected)
      .when(expire())
      .then(expired(twoMugs, shirt));
    expect(returnsOf(...over)).toMatchObject([{ status: 'expired', expiredAt: expect.any(String) }]);
    expect(returnsOf(...over)[0]).not.toHaveProperty('expectedUntil');
    expect(firstExpiry(returnsOf(...over))).toBeUndefined();
  });

  test('expires once', () => {
    given(...over)
      .when(expire())
      .then();
  });

  test('waits for ever where the shop has set no time', () => {
    given(...SHIPPED, returned(twoMugs))
      .when(expire('2999-01-01T00:00:00.000Z'))
      .then();
  });

  test.each([
    ['of which a part has come', received(mug)],
    ['of which a part was rejected', inspected({ accepted: [], rejected: [{ ...mug, reason: 'used' }] })],
    ['that is withdrawn', withdrawn(twoMugs, shirt)],
  ])('is none %s: that does not expire', (_, event) => {
    given(...expected, event)
      .when(expire())
      .then();
    expect(returnsOf(...expected, event)[0]).not.toHaveProperty('expectedUntil');
  });

  test('expires, too, when all was paid back meanwhile', () => {
    given(...expected, requested(total.amount, []), paidBack(total.amount))
      .when(expire())
      .then(expired(twoMugs, shirt));
  });

  test('that does not exist is refused', () => {
    given(...SHIPPED)
      .when(expire())
      .thenRefused({ kind: 'unknown-return', returnId: 'return-1' });
  });
});

describe('A return that has expired', () => {
  test('leaves its units with the customer, who can return them again', () => {
    given(...over)
      .when({ ...request(units('MUG-BLUE', 3)), returnId: 'return-2' })
      .then(again(units('MUG-BLUE', 3)));
  });

  test('cannot be withdrawn: nothing of it is waited for', () => {
    given(...over)
      .when({ type: 'WithdrawReturn', returnId: 'return-1' })
      .thenRefused({ kind: 'return-closed', returnId: 'return-1', status: 'expired' });
  });

  test('is received when it comes after all, and refunded', () => {
    given(...over)
      .when(receive)
      .then(received(twoMugs, shirt), refundFor(6_666 + 12_900, [twoMugs, shirt]));
    expect(returnsOf(...over, received(twoMugs, shirt))).toMatchObject([{ status: 'received' }]);
    given(...over, received(twoMugs, shirt))
      .when(receive)
      .then();
  });

  test('is received in parts, of which the last is not waited for', () => {
    expect(returnsOf(...over, received(mug))).toMatchObject([{ status: 'received', accepted: [mug] }]);
    given(...over, received(mug), requested(3_333, [mug]))
      .when({ ...receive, inspected: { accepted: [shirt], rejected: [] } })
      .then(received(shirt), refundFor(12_900, [shirt]));
    const rejected = [{ ...mug, reason: 'used' as const }];
    expect(returnsOf(...over, inspected({ accepted: [], rejected }))).toMatchObject([{ status: 'rejected' }]);
  });

  test('takes no unit that is expected with another return, or came with it', () => {
    given(...over, again(units('MUG-BLUE', 2)))
      .when({ ...receive, inspected: { accepted: [twoMugs], rejected: [] } })
      .thenRefused({ kind: 'more-than-undecided', sku: 'MUG-BLUE', wanted: 2, left: 1 });
    given(...over, again(units('MUG-BLUE', 2)))
      .when(receive)
      .then(received(mug, shirt), refundFor(3_333 + 12_900, [mug, shirt]));
    given(...over, again(units('MUG-BLUE', 3), shirt))
      .when(receive)
      .thenRefused({ kind: 'return-closed', returnId: 'return-1', status: 'expired' });
  });
});
