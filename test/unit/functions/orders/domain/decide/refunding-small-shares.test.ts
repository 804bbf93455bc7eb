import { describe, test } from 'vitest';
import type { RefundScope } from '../../../../../../functions/orders/domain/decide/refunding.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { cny, paidBack, requested, units } from '../../../../../support/orders/refunds.ts';
import { CUSTOMER_ID, created, EVENTS, line } from '../../../../../support/orders/streams.ts';

const ONE = [units('MUG-BLUE', 1)];
const ofOne: RefundScope = { type: 'items', items: ONE };
/** A T-shirt, and three mugs that cost so many fen together. */
function shipped(net: number): OrderEvent[] {
  const paid = { paymentId: 'pay-1', amount: cny(4_500 + net) };
  const mugs = { ...line('MUG-BLUE', 3, 4_500), discount: cny(13_500 - net), net: cny(net) };
  return [
    created([mugs, line('TSHIRT', 1)]),
    { type: 'PaymentAuthorised', data: paid },
    EVENTS.arranged,
    { type: 'PaymentCaptured', data: paid },
    EVENTS.confirmed,
    { type: 'OrderShipped', data: {} },
  ];
}
/** The events of a refund of one mug; nothing is asked of the gateway when it is empty. */
const made = (amount: number, refundId: string): OrderEvent[] => [
  requested(amount, ONE, refundId),
  ...(amount === 0 ? [paidBack(0, refundId)] : []),
];

describe('Units whose share is below one minor unit', () => {
  test.each([
    [2, [0, 1, 1]],
    [1, [0, 0, 1]],
  ])('count as refunded, and the last one brings the rest: three for %i fen', (net, parts) => {
    const before = shipped(net);
    for (const [index, amount] of parts.entries()) {
      const refundId = `refund-${index}`;
      given(...before)
        .when({ type: 'RefundOrder', refundId, scope: ofOne })
        .then(...made(amount, refundId));
      before.push(...made(amount, refundId));
    }
    given(...before)
      .when({ type: 'RefundOrder', refundId: 'another', scope: ofOne })
      .thenRefused({ kind: 'too-many-units', sku: 'MUG-BLUE', wanted: 1, left: 0 });
  });

  test('count as refunded when they are returned', () => {
    const back = { returnId: 'return-1', lines: ONE };
    given(...shipped(1), { type: 'ReturnRequested', data: back })
      .when({ type: 'ReceiveReturn', returnId: 'return-1', refundId: 'refund-1' })
      .then(
        {
          type: 'ReturnReceived',
          data: { customerId: CUSTOMER_ID, returnId: 'return-1', accepted: ONE, rejected: [] },
        },
        { type: 'RefundRequested', data: { refundId: 'refund-1', amount: cny(0), lines: ONE, returnId: 'return-1' } },
        paidBack(0),
      );
  });

  test('are refunded with others that cost more', () => {
    const both = [...ONE, units('TSHIRT', 1)];
    given(...shipped(1))
      .when({ type: 'RefundOrder', refundId: 'refund-1', scope: { type: 'items', items: both } })
      .then(requested(4_500, both));
  });

  test('are as free as others when the customer paid nothing for the line', () => {
    given(...shipped(0))
      .when({ type: 'RefundOrder', refundId: 'refund-1', scope: ofOne })
      .thenRefused({ kind: 'nothing-paid', skus: ofOne.items.map(({ sku }) => sku) });
  });
});
