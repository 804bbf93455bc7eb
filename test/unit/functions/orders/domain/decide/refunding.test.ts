import { describe, expect, test } from 'vitest';
import type { RefundScope } from '../../../../../../functions/orders/domain/decide/refunding.ts';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../../../functions/shared/kernel/ids.ts';
import { money, zero } from '../../../../../../functions/shared/kernel/money.ts';
import type { Units } from '../../../../../../functions/shared/kernel/units.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { STREAMS } from '../../../../../support/orders/lifecycle.ts';
import {
  CHARGED,
  cny,
  failed,
  paidBack,
  requested,
  SHIPPED,
  total,
  units,
} from '../../../../../support/orders/refunds.ts';
import { streamOf } from '../../../../../support/orders/streams.ts';

const refund = (scope: RefundScope, refundId = 'refund-1') => ({ type: 'RefundOrder', refundId, scope }) as const;
const ofUnits = (...items: readonly Units[]): RefundScope => ({ type: 'items', items });
const ofAmount = (amount: number): RefundScope => ({ type: 'amount', amount: cny(amount) });

describe('A refund by amount', () => {
  test('may be all that was captured, and not a fen more', () => {
    given(...SHIPPED)
      .when(refund(ofAmount(22_900)))
      .then(requested(22_900));
    given(...SHIPPED)
      .when(refund(ofAmount(22_901)))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(22_901), left: total });
  });

  test.each([
    ['asked for', [requested(20_000)]],
    ['made', [requested(20_000), paidBack(20_000)]],
    ['both', [requested(15_000), paidBack(15_000), requested(5_000, [], 'refund-2')]],
  ])('is refused beyond what the refunds that were %s leave', (_, before) => {
    given(...SHIPPED, ...before)
      .when(refund(ofAmount(2_900), 'another'))
      .then(requested(2_900, [], 'another'));
    given(...SHIPPED, ...before)
      .when(refund(ofAmount(2_901), 'another'))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(2_901), left: cny(2_900) });
  });

  test('leaves out what the customer had transferred too much, and has got back', () => {
    const overpaid = SHIPPED.flatMap((event) =>
      event.type === 'PaymentCaptured'
        ? [{ ...event, data: { ...event.data, amount: cny(23_000) } }, paidBack(100, 'excess')]
        : event,
    );
    given(...overpaid)
      .when(refund({ type: 'full' }))
      .then(requested(22_900, [units('MUG-BLUE', 3), units('TSHIRT', 1), units('STICKER', 1)]));
    given(...overpaid)
      .when(refund(ofAmount(22_901)))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(22_901), left: total });
  });

  test('may be asked for again when the refund before it failed', () => {
    given(...SHIPPED, requested(22_900), failed())
      .when(refund(ofAmount(22_900), 'another'))
      .then(requested(22_900, [], 'another'));
  });

  test('is refused in another currency', () => {
    given(...SHIPPED)
      .when(refund({ type: 'amount', amount: money(1, 'EUR') }))
      .thenRefused({ kind: 'currency-differs', expected: 'CNY', got: 'EUR' });
  });

  test('keeps the operator’s comment', () => {
    given(...SHIPPED)
      .when({ ...refund(ofAmount(1)), comment: 'A scratch.' })
      .then({
        type: 'RefundRequested',
        data: { refundId: 'refund-1', amount: cny(1), lines: [], comment: 'A scratch.' },
      });
  });
});

describe('A refund of units', () => {
  test('gives back what the customer paid for them, not what they cost', () => {
    given(...SHIPPED)
      .when(refund(ofUnits(units('MUG-BLUE', 3), units('TSHIRT', 1))))
      .then(requested(22_900, [units('MUG-BLUE', 3), units('TSHIRT', 1)]));
  });

  test('one by one gives back their price to the last minor unit', () => {
    const one = [units('MUG-BLUE', 1)];
    const first = requested(3_333, one, '1');
    const second = requested(3_333, one, '2');
    const third = requested(3_334, one, '3');
    given(...SHIPPED)
      .when(refund(ofUnits(...one), '1'))
      .then(first);
    given(...SHIPPED, first)
      .when(refund(ofUnits(...one), '2'))
      .then(second);
    given(...SHIPPED, first, second)
      .when(refund(ofUnits(...one), '3'))
      .then(third);
    given(...SHIPPED, first, second, third)
      .when(refund(ofUnits(...one), '4'))
      .thenRefused({ kind: 'too-many-units', sku: 'MUG-BLUE', wanted: 1, left: 0 });
  });

  test('of the last units refunds what is left, also when a failed refund shifted the rounding of the others', () => {
    const one = [units('MUG-BLUE', 1)];
    const moved = [
      ...SHIPPED,
      requested(3_333, one, '1'),
      requested(3_333, one, '2'),
      requested(3_334, one, '3'),
      failed('1'),
    ];
    const rest = [units('MUG-BLUE', 1), units('TSHIRT', 1), units('STICKER', 1)];
    given(...moved)
      .when(refund(ofUnits(...rest)))
      .then(requested(16_233, rest));
    given(...moved, requested(12_900, [units('TSHIRT', 1)], '4'))
      .when(refund(ofUnits(...one)))
      .then(requested(3_333, one));
  });

  test('can be repeated for units whose refund failed', () => {
    given(...SHIPPED, requested(10_000, [units('MUG-BLUE', 3)]), failed())
      .when(refund(ofUnits(units('MUG-BLUE', 3)), 'another'))
      .then(requested(10_000, [units('MUG-BLUE', 3)], 'another'));
  });

  test.each([
    ['more than the order has', 'TSHIRT', 2, 1],
    ['that the order does not have', 'TEAPOT', 1, 0],
  ])('%s is refused whole', (_, sku, wanted, left) => {
    given(...SHIPPED)
      .when(refund(ofUnits(units('MUG-BLUE', 1), units(sku, wanted))))
      .thenRefused({ kind: 'too-many-units', sku, wanted, left });
  });

  test('is refused when refunds by amount have left less than they cost', () => {
    given(...SHIPPED, requested(20_000))
      .when(refund(ofUnits(units('TSHIRT', 1)), 'another'))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(12_900), left: cny(2_900) });
  });

  test('that were free is refused: there is no empty refund', () => {
    given(...SHIPPED)
      .when(refund(ofUnits(units('STICKER', 1))))
      .thenRefused({ kind: 'nothing-paid', skus: ['STICKER' as Sku] });
  });
});

describe('A full refund', () => {
  const all = [units('MUG-BLUE', 3), units('TSHIRT', 1), units('STICKER', 1)];

  test('before shipping is refused in favour of a cancellation, in every form that would refund the last of the money', () => {
    const instead = { kind: 'cancel-instead' } as const;
    given(...CHARGED)
      .when(refund({ type: 'full' }))
      .thenRefused(instead);
    given(...CHARGED, requested(20_000))
      .when(refund(ofAmount(2_900), 'another'))
      .thenRefused(instead);
    given(...CHARGED, requested(20_000))
      .when(refund(ofAmount(2_899), 'another'))
      .then(requested(2_899, [], 'another'));
    given(...CHARGED, requested(10_000, [units('MUG-BLUE', 3)]))
      .when(refund(ofUnits(units('TSHIRT', 1)), 'another'))
      .thenRefused(instead);
  });

  test.each(['shipped', 'delivered'] as const)('of an order that is %s is all that was taken', (status) => {
    given(...STREAMS[status])
      .when(refund({ type: 'full' }))
      .then(requested(4_500, [units('MUG-BLUE', 1)]));
  });

  test('gives back the rest of money and units', () => {
    given(...SHIPPED)
      .when(refund({ type: 'full' }))
      .then(requested(22_900, all));
    given(...SHIPPED, requested(3_333, [units('MUG-BLUE', 1)]), requested(67, [], 'refund-2'))
      .when(refund({ type: 'full' }, 'rest'))
      .then(requested(19_500, [units('MUG-BLUE', 2), units('TSHIRT', 1), units('STICKER', 1)], 'rest'));
  });

  test('is refused while another one is under way', () => {
    given(...SHIPPED, requested(22_900, all))
      .when(refund({ type: 'full' }, 'another'))
      .thenRefused({ kind: 'nothing-to-refund' });
  });

  test('is refused even when a refund that had failed was made after all, and more went back than was taken', () => {
    given(...SHIPPED, requested(22_900), failed(), requested(22_000, [], 'refund-2'), paidBack(22_900))
      .when(refund({ type: 'full' }, 'another'))
      .thenRefused({
        kind: 'illegal-transition',
        command: 'RefundOrder',
        from: 'refunded',
        to: 'unchanged',
        allowedIn: ['processing', 'shipped', 'delivered'],
      });
    given(...SHIPPED, requested(22_800), failed(), requested(22_800, [], 'refund-2'), paidBack(22_800))
      .when(refund({ type: 'full' }, 'another'))
      .thenRefused({ kind: 'nothing-to-refund' });
  });
});

describe('Money that went back', () => {
  const orderAfter = (...events: readonly OrderEvent[]) => fold(streamOf([...CHARGED, ...events]));

  test('ends the order when it is all of it', () => {
    expect(orderAfter(requested(22_900), paidBack(22_900))).toMatchObject({
      status: 'refunded',
      payment: { status: 'refunded', refunded: total },
      refunds: [{ status: 'refunded' }],
    });
  });

  test('adds up, refund by refund', () => {
    const half = [requested(10_000, [], '1'), requested(12_900, [], '2'), paidBack(12_900, '2')];
    expect(orderAfter(...half)).toMatchObject({
      status: 'processing',
      payment: { status: 'captured', refunded: cny(12_900) },
      refunds: [{ status: 'requested' }, { status: 'refunded' }],
    });
    expect(orderAfter(...half, paidBack(10_000, '1'))).toMatchObject({
      status: 'refunded',
      payment: { refunded: total },
    });
  });

  test('is none when the refund failed', () => {
    expect(orderAfter(requested(22_900), failed())).toMatchObject({
      status: 'processing',
      payment: { status: 'captured', refunded: zero('CNY') },
      refunds: [{ status: 'failed' }],
    });
  });
});
