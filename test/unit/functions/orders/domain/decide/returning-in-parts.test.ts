import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder, Return } from '../../../../../../functions/orders/domain/state.ts';
import { type OrderEvent, REJECTION_REASONS } from '../../../../../../functions/published/order-events.ts';
import type { Units } from '../../../../../../functions/shared/kernel/units.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { paidBack, requested, SHIPPED, units } from '../../../../../support/orders/refunds.ts';
import {
  inspected,
  receive,
  received,
  refundFor,
  request,
  returned,
  twoMugs,
  withdrawn,
} from '../../../../../support/orders/returns.ts';
import { streamOf } from '../../../../../support/orders/streams.ts';

const [mug, shirt] = [units('MUG-BLUE', 1), units('TSHIRT', 1)];
const withdraw = { type: 'WithdrawReturn', returnId: 'return-1' } as const;
const rejected = (...lines: readonly Units[]) => lines.map((one) => ({ ...one, reason: 'damaged' as const }));

describe('A return that is received in parts', () => {
  test('gives back what was paid for each part when it is accepted', () => {
    given(...SHIPPED, returned(twoMugs, shirt))
      .when({ ...receive, inspected: { accepted: [mug], rejected: [] } })
      .then(received(mug), refundFor(3_333, [mug]));
    given(...SHIPPED, returned(twoMugs, shirt), received(mug), requested(3_333, [mug]))
      .when({ ...receive, inspected: { accepted: [mug, shirt], rejected: [] } })
      .then(received(mug, shirt), refundFor(3_333 + 12_900, [mug, shirt]));
  });

  test('without a body accepts what is undecided', () => {
    given(...SHIPPED, returned(twoMugs, shirt), inspected({ accepted: [mug], rejected: rejected(shirt) }))
      .when(receive)
      .then(received(mug), refundFor(3_333, [mug]));
  });

  test('takes no more units than are undecided, accepted and rejected ones together', () => {
    given(...SHIPPED, returned(twoMugs))
      .when({ ...receive, inspected: { accepted: [mug], rejected: rejected(mug, mug) } })
      .thenRefused({ kind: 'more-than-undecided', sku: 'MUG-BLUE', wanted: 3, left: 2 });
    given(...SHIPPED, returned(twoMugs), received(mug))
      .when({ ...receive, inspected: { accepted: [twoMugs], rejected: [] } })
      .thenRefused({ kind: 'more-than-undecided', sku: 'MUG-BLUE', wanted: 2, left: 1 });
    given(...SHIPPED, returned(twoMugs))
      .when({ ...receive, inspected: { accepted: [shirt], rejected: [] } })
      .thenRefused({ kind: 'more-than-undecided', sku: 'TSHIRT', wanted: 1, left: 0 });
  });

  test.each([
    ['received', [received(twoMugs)]],
    ['rejected', [inspected({ accepted: [], rejected: rejected(twoMugs) })]],
    ['withdrawn', [withdrawn(twoMugs)]],
  ] as const)('takes nothing more when it is %s', (status, events) => {
    given(...SHIPPED, returned(twoMugs), ...events)
      .when({ ...receive, inspected: { accepted: [mug], rejected: [] } })
      .thenRefused({ kind: 'return-closed', returnId: 'return-1', status });
  });

  test.each([
    ['rejected', [inspected({ accepted: [], rejected: rejected(twoMugs) })]],
    ['withdrawn', [withdrawn(twoMugs)]],
    ['received', [received(mug), withdrawn(mug)]],
  ] as const)('is not taken for received whole when units of it were not accepted: %s', (status, events) => {
    given(...SHIPPED, returned(twoMugs), ...events)
      .when(receive)
      .thenRefused({ kind: 'return-closed', returnId: 'return-1', status });
  });
});

describe('Rejected units', () => {
  test.each(REJECTION_REASONS)('give nothing back: %s', (reason) => {
    const units = { accepted: [], rejected: [{ ...twoMugs, reason, comment: 'See the photo.' }] };
    given(...SHIPPED, returned(twoMugs))
      .when({ ...receive, inspected: units })
      .then(inspected(units));
  });

  test('of one article may have several reasons, beside accepted ones', () => {
    const units = {
      accepted: [mug],
      rejected: [
        { ...mug, reason: 'used' },
        { ...mug, reason: 'not_in_package' },
      ],
    } as const;
    given(...SHIPPED, returned({ ...mug, quantity: 3 }))
      .when({ ...receive, inspected: units })
      .then(inspected(units), refundFor(3_333, [mug]));
  });

  test('can be returned again, and accepted and undecided ones cannot', () => {
    const before = [...SHIPPED, returned({ ...mug, quantity: 3 })];
    given(...before, inspected({ accepted: [mug], rejected: rejected(mug) }))
      .when({ ...request(mug), returnId: 'return-2' })
      .then({ type: 'ReturnRequested', data: { returnId: 'return-2', lines: [mug] } });
    given(...before, inspected({ accepted: [mug], rejected: rejected(mug) }))
      .when({ ...request(twoMugs), returnId: 'return-2' })
      .thenRefused({ kind: 'too-many-units', sku: 'MUG-BLUE', wanted: 2, left: 1 });
  });
});

describe('A return that is withdrawn', () => {
  test('gives nothing back, and its units can be returned again', () => {
    given(...SHIPPED, returned(twoMugs))
      .when(withdraw)
      .then(withdrawn(twoMugs));
    given(...SHIPPED, returned(twoMugs), withdrawn(twoMugs))
      .when({ ...request(twoMugs, shirt), returnId: 'return-2' })
      .then({ type: 'ReturnRequested', data: { returnId: 'return-2', lines: [twoMugs, shirt] } });
  });

  test('after a part was received leaves that part as it is', () => {
    given(...SHIPPED, returned(twoMugs, shirt), inspected({ accepted: [mug], rejected: rejected(shirt) }))
      .when(withdraw)
      .then(withdrawn(mug));
  });

  test('twice, is withdrawn once', () => {
    given(...SHIPPED, returned(twoMugs), received(mug), withdrawn(mug))
      .when(withdraw)
      .then();
  });

  test('after everything was decided is refused', () => {
    given(...SHIPPED, returned(twoMugs), received(twoMugs))
      .when(withdraw)
      .thenRefused({ kind: 'return-closed', returnId: 'return-1', status: 'received' });
  });

  test('on an order that was refunded meanwhile closes the return all the same', () => {
    given(...SHIPPED, returned(twoMugs), requested(22_900), paidBack(22_900))
      .when(withdraw)
      .then(withdrawn(twoMugs));
  });

  test('was never requested: refused', () => {
    given(...SHIPPED)
      .when(withdraw)
      .thenRefused({ kind: 'unknown-return', returnId: 'return-1' });
  });
});

describe('The status of a return', () => {
  const both = [returned(twoMugs, shirt)];
  test.each<[Return['status'], readonly OrderEvent[]]>([
    ['requested', both],
    ['partly_received', [...both, received(mug)]],
    ['partly_received', [...both, inspected({ accepted: [], rejected: rejected(shirt) })]],
    ['received', [...both, received(twoMugs, shirt)]],
    ['received', [...both, inspected({ accepted: [mug], rejected: rejected(mug, shirt) })]],
    ['received', [...both, received(mug), withdrawn(mug, shirt)]],
    ['rejected', [...both, inspected({ accepted: [], rejected: rejected(twoMugs, shirt) })]],
    ['rejected', [...both, inspected({ accepted: [], rejected: rejected(mug) }), withdrawn(mug, shirt)]],
    ['withdrawn', [...both, withdrawn(twoMugs, shirt)]],
  ])('is %s', (status, events) => {
    expect((fold(streamOf([...SHIPPED, ...events])) as ExistingOrder).returns).toMatchObject([{ status }]);
  });
});
