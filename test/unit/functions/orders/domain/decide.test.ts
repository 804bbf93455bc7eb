import { describe, expect, test } from '@jest/globals';
import { decideCancel, decideConfirm, decideCreate } from '../../../../../functions/orders/domain/decide.ts';
import { NO_ORDER, type Order } from '../../../../../functions/orders/domain/state.ts';
import type { CancelOrder, CreateOrder } from '../../../../../functions/orders/domain/commands.ts';
import type { OrderEvent } from '../../../../../functions/shared/kernel/order-events.ts';
import { given } from '../../../../support/given.ts';
import { created, EVENTS, HAPPY_PATH, line, ORDER_ID } from '../../../../support/order-streams.ts';

const { reserved, authorised, declined, arranged, captured, confirmed, cancelled, voided } = EVENTS;

const create = (over: Partial<CreateOrder> = {}) => (order: Order) => {
  const { lines, customerId, shippingAddress, paymentMethod, requestHash } = created([line('MUG-BLUE', 3), line('TSHIRT', 2, 12_900)]).data;
  return decideCreate(order, { type: 'CreateOrder', orderId: ORDER_ID, lines, customerId, shippingAddress, paymentMethod, requestHash, ...over });
};
const confirm = (order: Order) => decideConfirm(order, { type: 'ConfirmOrder', orderId: ORDER_ID });
const cancel = (parked: CancelOrder['parked'] = []) => (order: Order) =>
  decideCancel(order, { type: 'CancelOrder', orderId: ORDER_ID, reason: 'payment_unavailable', parked });

describe('Creating an order', () => {
  test('totals every line: quantity times price, all added up', () => {
    given().when(create()).then(created([line('MUG-BLUE', 3), line('TSHIRT', 2, 12_900)]));
    const decision = create()(NO_ORDER);
    expect(decision.ok && decision.value[0].data.total).toEqual({ amount: 3 * 4_500 + 2 * 12_900, currency: 'CNY' });
  });

  test('is refused when the id is taken, and says whether it is the same request again', () => {
    given(created()).when(create()).thenRefused({ kind: 'order-exists', sameRequest: true });
    given(created()).when(create({ requestHash: 'b'.repeat(64) })).thenRefused({ kind: 'order-exists', sameRequest: false });
  });

  test('is refused with a total beyond the whole numbers that are exact, rather than summed up wrongly', () => {
    given().when(create({ lines: [line('PLANET', 2, Number.MAX_SAFE_INTEGER)] })).thenRefused({ kind: 'total-too-large' });
    given().when(create({ lines: [line('PLANET', 1, Number.MAX_SAFE_INTEGER), line('MUG-BLUE')] })).thenRefused({ kind: 'total-too-large' });
  });

  test('without lines is a fault of the caller', () => {
    expect(() => create({ lines: [] })(NO_ORDER)).toThrow(RangeError);
  });
});

describe('Confirming an order', () => {
  test('follows once the shipment is arranged and the payment captured', () => {
    given(...HAPPY_PATH.slice(0, -1)).when(confirm).then(confirmed);
  });

  test('again changes nothing', () => {
    given(...HAPPY_PATH).when(confirm).then();
  });

  const tooEarly: readonly (readonly [string, readonly OrderEvent[], string])[] = [
    ['that does not exist', [], 'none'],
    ['without stock', [created()], 'created'],
    ['without payment', [created(), reserved], 'inventory_reserved'],
    ['whose payment is only authorised', [created(), reserved, authorised, arranged], 'payment_completed'],
    ['without shipment', [created(), reserved, authorised, captured], 'payment_completed'],
    ['whose payment was declined', [created(), reserved, declined], 'payment_failed'],
    ['whose payment was voided', [created(), reserved, authorised, arranged, voided], 'payment_completed'],
    ['that is cancelled', [created(), cancelled], 'cancelled'],
  ];
  test.each(tooEarly)('is refused for an order %s, naming both states', (_, events, from) => {
    given(...events).when(confirm).thenRefused({ kind: 'illegal-transition', from, to: 'processing' });
  });
});

describe('Cancelling an order', () => {
  test.each([
    ['new', [created()]],
    ['reserved', [created(), reserved]],
    ['declined', [created(), reserved, declined]],
    ['paid', [created(), reserved, authorised, arranged, captured]],
  ])('that is %s keeps the reason', (_, events) => {
    given(...events).when(cancel()).then({ type: 'OrderCancelled', data: { reason: 'payment_unavailable', parked: [] } });
  });

  test('with compensations that kept failing parks each of them before it ends the order', () => {
    const refund = { step: 'VoidPayment', error: 'PaymentGatewayUnavailable' } as const;
    const stock = { step: 'ReleaseInventory', error: 'DependencyUnavailable' } as const;
    given(created(), reserved, authorised).when(cancel([refund, stock])).then(
      { type: 'CompensationParked', data: refund },
      { type: 'CompensationParked', data: stock },
      { type: 'OrderCancelled', data: { reason: 'payment_unavailable', parked: ['VoidPayment', 'ReleaseInventory'] } },
    );
  });

  test('again changes nothing, whatever the reason is now', () => {
    given(created(), cancelled).when(cancel([{ step: 'VoidPayment', error: 'X' }])).then();
  });

  test('is refused after the order was confirmed: behind the pivot there is no way back', () => {
    given(...HAPPY_PATH).when(cancel()).thenRefused({ kind: 'illegal-transition', from: 'processing', to: 'cancelled' });
  });

  test('is refused when there is no order', () => {
    given().when(cancel()).thenRefused({ kind: 'illegal-transition', from: 'none', to: 'cancelled' });
  });
});
