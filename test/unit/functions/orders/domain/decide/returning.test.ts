import { describe, test } from 'vitest';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { paidBack, requested, SHIPPED, units } from '../../../../../support/orders/refunds.ts';
import { receive, received, refundFor, request, returned, twoMugs } from '../../../../../support/orders/returns.ts';
import { streamOf } from '../../../../../support/orders/streams.ts';

describe('A return', () => {
  test('keeps the customer’s comment', () => {
    given(...SHIPPED)
      .when({ ...request(twoMugs), comment: 'Too blue.' })
      .then({ type: 'ReturnRequested', data: { returnId: 'return-1', lines: [twoMugs], comment: 'Too blue.' } });
  });

  test('says why, when the customer does', () => {
    given(...SHIPPED)
      .when({ ...request(twoMugs), reason: 'defective' })
      .then({ type: 'ReturnRequested', data: { returnId: 'return-1', lines: [twoMugs], reason: 'defective' } });
  });

  describe('by whom the shop’s window binds', () => {
    const delivered = [...SHIPPED, { type: 'OrderDelivered', data: {} }] as const;
    const { updatedAt: deliveredAt } = fold(streamOf(delivered)) as ExistingOrder;
    const within = (since: string) => ({ ...request(twoMugs), window: { days: 30, since } });

    test('is taken until the window is over, and refused from then on', () => {
      given(...delivered)
        .when(within(deliveredAt))
        .then(returned(twoMugs));
      given(...delivered)
        .when(within(new Date(Date.parse(deliveredAt) + 1).toISOString()))
        .thenRefused({ kind: 'return-window-over', days: 30, deliveredAt });
    });

    test('is taken while a parcel is on its way, whenever the first came', () => {
      given(...SHIPPED)
        .when(within('2100-01-01T00:00:00.000Z'))
        .then(returned(twoMugs));
    });
  });

  test('is refused for more units than were sent and are not on their way back', () => {
    given(...SHIPPED)
      .when(request(units('MUG-BLUE', 4)))
      .thenRefused({ kind: 'too-many-units', sku: 'MUG-BLUE', wanted: 4, left: 3 });
    given(...SHIPPED, returned(twoMugs))
      .when(request(twoMugs))
      .thenRefused({ kind: 'too-many-units', sku: 'MUG-BLUE', wanted: 2, left: 1 });
    given(...SHIPPED)
      .when(request(units('TEAPOT', 1)))
      .thenRefused({ kind: 'too-many-units', sku: 'TEAPOT', wanted: 1, left: 0 });
  });

  test('gives back what was paid for the goods when they arrive, once', () => {
    given(...SHIPPED, returned(twoMugs))
      .when(receive)
      .then(received(twoMugs), refundFor(6_666, [twoMugs]));
    given(...SHIPPED, returned(twoMugs), received(twoMugs), refundFor(6_666, [twoMugs]))
      .when({ ...receive, refundId: 'another' })
      .then();
  });

  test('gives back only what of the goods was not refunded before', () => {
    const before = requested(6_666, [twoMugs]);
    const all = units('MUG-BLUE', 3);
    given(...SHIPPED, before, returned(all))
      .when(receive)
      .then(received(all), refundFor(3_334, [units('MUG-BLUE', 1)]));
    given(...SHIPPED, before, returned(units('MUG-BLUE', 1)))
      .when(receive)
      .then(received(units('MUG-BLUE', 1)), refundFor(3_334, [units('MUG-BLUE', 1)]));
  });

  test('gives back the rest when refunds by amount have left less than the goods cost', () => {
    given(...SHIPPED, requested(20_000), returned(units('TSHIRT', 1)))
      .when(receive)
      .then(received(units('TSHIRT', 1)), refundFor(2_900, [units('TSHIRT', 1)]));
  });

  test.each<[string, readonly OrderEvent[]]>([
    ['all of the money is on its way back', [requested(22_900)]],
    ['the order was refunded', [requested(22_900), paidBack(22_900)]],
    ['these units were refunded before', [requested(12_900, [units('TSHIRT', 1)])]],
  ])('gives nothing back when %s, and takes the goods all the same', (_, before) => {
    given(...SHIPPED, returned(units('TSHIRT', 1)), ...before)
      .when(receive)
      .then(received(units('TSHIRT', 1)));
  });

  test('of goods that were free gives nothing back', () => {
    given(...SHIPPED, returned(units('STICKER', 1)))
      .when(receive)
      .then(received(units('STICKER', 1)));
  });

  test('that was never requested cannot be received', () => {
    given(...SHIPPED, returned(twoMugs))
      .when({ ...receive, returnId: 'another' })
      .thenRefused({ kind: 'unknown-return', returnId: 'another' });
  });
});
