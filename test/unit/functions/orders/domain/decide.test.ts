import { describe, expect, test } from '@jest/globals';
import { DECIDERS, decide } from '../../../../../functions/orders/domain/decide/decide.ts';
import type { Order } from '../../../../../functions/orders/domain/state.ts';
import type { CancelOrder, CreateOrder } from '../../../../../functions/orders/domain/commands.ts';
import type { OrderEvent } from '../../../../../functions/shared/kernel/order-events.ts';
import { given } from '../../../../support/given.ts';
import { created, EVENTS, HAPPY_PATH, line, ORDER_ID } from '../../../../support/order-streams.ts';

const { reserved, authorised, declined, arranged, captured, confirmed, cancelled, voided } = EVENTS;

const THREE_MUGS = created([line('MUG-BLUE', 3), line('TSHIRT', 2, 12_900)]);
const create = (over: Partial<CreateOrder> = {}) => (order: Order) =>
  decide(order, { type: 'CreateOrder', orderId: ORDER_ID, ...THREE_MUGS.data, ...over });
const confirm = (order: Order) => decide(order, { type: 'ConfirmOrder', orderId: ORDER_ID });
const cancel = (parked: CancelOrder['parked'] = []) => (order: Order) =>
  decide(order, { type: 'CancelOrder', orderId: ORDER_ID, reason: 'payment_unavailable', parked });

describe('Creating an order', () => {
  test('records it as it was priced', () => {
    given().when(create()).then(THREE_MUGS);
  });

  test('is refused when the id is taken, and says whether it is the same request again', () => {
    const { total } = created().data;
    given(created()).when(create()).thenRefused({ kind: 'order-exists', sameRequest: true, total, status: 'created' });
    given(created()).when(create({ requestHash: 'b'.repeat(64) })).thenRefused({ kind: 'order-exists', sameRequest: false, total, status: 'created' });
  });

  test('holds it for review from the configured total on, and not a fen below', () => {
    const { amount } = THREE_MUGS.data.total;
    given().when(create({ reviewFrom: amount })).then({ ...THREE_MUGS, data: { ...THREE_MUGS.data, review: 'required' } });
    given().when(create({ reviewFrom: amount + 1 })).then(THREE_MUGS);
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
    given(...events).when(confirm).thenRefused({ kind: 'illegal-transition', command: 'ConfirmOrder', from, to: 'processing', allowedIn: expect.arrayContaining(['payment_completed']) });
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
    given(...HAPPY_PATH).when(cancel()).thenRefused({ kind: 'illegal-transition', command: 'CancelOrder', from: 'processing', to: 'cancelled', allowedIn: DECIDERS.CancelOrder.allowedIn });
  });

  test('is refused when there is no order', () => {
    given().when(cancel()).thenRefused({ kind: 'illegal-transition', command: 'CancelOrder', from: 'none', to: 'cancelled', allowedIn: DECIDERS.CancelOrder.allowedIn });
  });
});
