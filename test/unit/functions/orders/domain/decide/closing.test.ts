import { describe, test } from 'vitest';
import type { CancelOrder } from '../../../../../../functions/orders/domain/decide/closing.ts';
import { DECIDERS } from '../../../../../../functions/orders/domain/decide/decide.ts';
import {
  type Compensation,
  type OrderEvent,
  type OrderStatus,
  taskIdOf,
} from '../../../../../../functions/published/order-events.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { STREAMS } from '../../../../../support/orders/lifecycle.ts';
import { CUSTOMER_ID, created, EVENTS, HAPPY_PATH, ORDER_ID } from '../../../../../support/orders/streams.ts';

const { reserved, authorised, declined, arranged, captured, confirmed, cancelled, voided } = EVENTS;

describe('Asking for a cancellation', () => {
  const ask = { type: 'RequestCancellation', reason: 'customer_request' } as const;

  test('ends a held order at once: nothing was done for it', () => {
    given(...STREAMS.held)
      .when({ ...ask, comment: 'Changed my mind.' })
      .then({
        type: 'OrderCancelled',
        data: { customerId: CUSTOMER_ID, reason: 'customer_request', parked: [], comment: 'Changed my mind.' },
      });
  });

  test.each(['created', 'inventory_reserved', 'payment_pending', 'payment_completed', 'processing'] as const)(
    'of an order that is %s says from where it is to be undone',
    (from) => {
      given(...STREAMS[from])
        .when(ask)
        .then({ type: 'CancellationRequested', data: { reason: 'customer_request', from } });
    },
  );

  test('keeps its reason and its comment', () => {
    given(created())
      .when({ ...ask, reason: 'operator_request', comment: 'Fraud.' })
      .then({
        type: 'CancellationRequested',
        data: { reason: 'operator_request', from: 'created', comment: 'Fraud.' },
      });
  });

  test.each(['payment_failed', 'cancelling', 'cancelled'] as const)(
    'of an order that is %s has nothing to add',
    (status) => {
      given(...STREAMS[status])
        .when(ask)
        .then();
    },
  );

  test.each(['shipped', 'delivered', 'refunded'] as const)(
    'of an order that is %s is refused: what left the house comes back as a return',
    (from) => {
      given(...STREAMS[from])
        .when(ask)
        .thenRefused({
          kind: 'illegal-transition',
          command: 'RequestCancellation',
          from,
          to: 'cancelling',
          allowedIn: DECIDERS.RequestCancellation.allowedIn,
        });
    },
  );
});

describe('Confirming an order', () => {
  const confirm = { type: 'ConfirmOrder' } as const;

  test('follows once the shipment is arranged and the payment captured', () => {
    given(...HAPPY_PATH.slice(0, -1))
      .when(confirm)
      .then(confirmed);
  });

  test('again changes nothing', () => {
    given(...HAPPY_PATH)
      .when(confirm)
      .then();
  });

  test.each<[string, readonly OrderEvent[], OrderStatus]>([
    ['without stock', [created()], 'created'],
    ['without payment', [created(), reserved], 'inventory_reserved'],
    ['whose payment was declined', [created(), reserved, declined], 'payment_failed'],
    ['that is to be undone', STREAMS.cancelling, 'cancelling'],
    ['that is cancelled', [created(), cancelled], 'cancelled'],
  ])('is refused for an order %s, naming both states', (_, events, from) => {
    given(...events)
      .when(confirm)
      .thenRefused({
        kind: 'illegal-transition',
        command: 'ConfirmOrder',
        from,
        to: 'processing',
        allowedIn: ['payment_completed', 'processing'],
      });
  });

  test.each([
    ['whose payment is only authorised', [arranged], { payment: 'authorised', shipment: 'arranged' }],
    ['without shipment', [captured], { payment: 'captured', shipment: 'pending' }],
    ['whose payment was voided', [arranged, voided], { payment: 'voided', shipment: 'arranged' }],
  ] as const)('is refused for an order %s, naming what is missing', (_, events, is) => {
    given(created(), reserved, authorised, ...events)
      .when(confirm)
      .thenRefused({ kind: 'incomplete', ...is });
  });
});

describe('Cancelling an order', () => {
  const dueAt = '2026-01-02T07:04:05.000Z';
  const cancel = (failed: Partial<CancelOrder> = {}) =>
    ({ type: 'CancelOrder', reason: 'payment_unavailable', unfinished: [], parked: [], ...failed }) as const;
  const refund = { step: 'VoidPayment', error: 'PaymentGatewayUnavailable' } as const;
  const stock = { step: 'ReleaseInventory', error: 'DependencyUnavailable' } as const;
  const taskOf = ({ step }: { readonly step: Compensation }) =>
    ({ taskId: taskIdOf(ORDER_ID, 'compensation', step, 1), kind: 'compensation', step }) as const;

  test.each([
    ['new', [created()]],
    ['reserved', [created(), reserved]],
    ['declined', [created(), reserved, declined]],
    ['waiting for more money', STREAMS.payment_pending],
    ['paid', [created(), reserved, authorised, arranged, captured]],
  ])('that is %s keeps the reason', (_, events) => {
    given(...events)
      .when(cancel())
      .then({ type: 'OrderCancelled', data: { customerId: CUSTOMER_ID, reason: 'payment_unavailable', parked: [] } });
  });

  test('that was requested keeps the reason of the request, not the saga’s', () => {
    given(...STREAMS.cancelling)
      .when(cancel())
      .then({ type: 'OrderCancelled', data: { customerId: CUSTOMER_ID, reason: 'customer_request', parked: [] } });
  });

  test('with compensations that are not done yet names them', () => {
    given(created(), reserved, authorised)
      .when(cancel({ unfinished: [refund] }))
      .then({
        type: 'OrderCancelled',
        data: { customerId: CUSTOMER_ID, reason: 'payment_unavailable', parked: ['VoidPayment'] },
      });
  });

  test('resolves the tasks of the compensations that are done by now', () => {
    const opened = [refund, stock].map((failed) => ({
      type: 'TaskOpened' as const,
      data: { ...taskOf(failed), dueAt },
    }));
    given(created(), cancelled, ...opened)
      .when(cancel({ unfinished: [stock] }))
      .then({ type: 'TaskResolved', data: { ...taskOf(refund), resolution: 'completed' } });
  });

  test('with compensations that are left to a person opens a task for each of them before it ends the order', () => {
    given(created(), reserved, authorised)
      .when(cancel({ parked: [refund, stock].map((failed) => ({ ...failed, dueAt })) }))
      .then(
        { type: 'TaskOpened', data: { ...taskOf(refund), error: refund.error, dueAt } },
        { type: 'TaskOpened', data: { ...taskOf(stock), error: stock.error, dueAt } },
        {
          type: 'OrderCancelled',
          data: { customerId: CUSTOMER_ID, reason: 'payment_unavailable', parked: ['VoidPayment', 'ReleaseInventory'] },
        },
      );
  });

  test('again changes nothing, whatever the reason is now', () => {
    given(created(), cancelled)
      .when(cancel({ unfinished: [refund], parked: [{ ...stock, dueAt }] }))
      .then();
  });

  test.each(['held', 'processing', 'shipped', 'delivered', 'refunded'] as const)(
    'that is %s is refused: no saga is running that could give up',
    (from) => {
      given(...STREAMS[from])
        .when(cancel())
        .thenRefused({
          kind: 'illegal-transition',
          command: 'CancelOrder',
          from,
          to: 'cancelled',
          allowedIn: DECIDERS.CancelOrder.allowedIn,
        });
    },
  );
});
