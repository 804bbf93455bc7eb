import { describe, test } from '@jest/globals';
import { decide } from '../../../../../functions/orders/domain/decide/decide.ts';
import type { RefundScope } from '../../../../../functions/orders/domain/commands.ts';
import type { Order } from '../../../../../functions/orders/domain/state.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import type { OrderEvent } from '../../../../../functions/shared/kernel/order-events.ts';
import { given } from '../../../../support/given.ts';
import { created, EVENTS, line, ORDER_ID } from '../../../../support/order-streams.ts';

const cny = (amount: number) => money(amount, 'CNY');
const of = (sku: string, quantity: number) => ({ sku: sku as Sku, quantity });

/** Three of A for 2.00, which are 0.66, 0.67 and 0.67, and a B for 1.00. */
const lines = [{ ...line('A', 3, 100), discount: cny(100), net: cny(200) }, line('B', 1, 100)];
const total = cny(300);
const PAID: readonly OrderEvent[] = [
  created(lines), EVENTS.reserved,
  { type: 'PaymentAuthorised', data: { paymentId: 'pay-1', amount: total } }, EVENTS.arranged,
  { type: 'PaymentCaptured', data: { paymentId: 'pay-1', amount: total } }, EVENTS.confirmed,
];

const refund = (scope: RefundScope) => (order: Order) => decide(order, { type: 'RefundOrder', orderId: ORDER_ID, refundId: 'new', scope });
const units = (...items: ReturnType<typeof of>[]) => refund({ type: 'items', items });
const requested = (refundId: string, amount: number, ...back: ReturnType<typeof of>[]): OrderEvent =>
  ({ type: 'RefundRequested', data: { refundId, amount: cny(amount), lines: back } });
const failed = (refundId: string): OrderEvent => ({ type: 'RefundFailed', data: { refundId, reason: 'gateway_unavailable' } });

describe('A refund', () => {
  test('of all gives what is left of the payment, for the units that are left', () => {
    given(...PAID).when(refund({ type: 'full' })).then(requested('new', 300, of('A', 3), of('B', 1)));
    given(...PAID, requested('1', 66, of('A', 1)), requested('2', 4)).when(refund({ type: 'full' })).then(requested('new', 230, of('A', 2), of('B', 1)));
  });

  test('of units gives their share of what the line cost after its discount', () => {
    given(...PAID).when(units(of('A', 1))).then(requested('new', 66, of('A', 1)));
    given(...PAID, requested('1', 66, of('A', 1))).when(units(of('A', 2), of('B', 1))).then(requested('new', 234, of('A', 2), of('B', 1)));
  });

  test('of an amount is for no units in particular', () => {
    given(...PAID).when(refund({ type: 'amount', amount: cny(250) })).then(requested('new', 250));
  });

  test('is refused beyond what is left, counting what was asked for and is not answered yet', () => {
    given(...PAID, requested('1', 250)).when(refund({ type: 'amount', amount: cny(51) })).thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(51), left: cny(50) });
    given(...PAID, requested('1', 250)).when(units(of('A', 1))).thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(66), left: cny(50) });
    given(...PAID, requested('1', 66, of('A', 1))).when(units(of('A', 3))).thenRefused({ kind: 'too-many-units', sku: 'A', wanted: 3, left: 2 });
    given(...PAID, requested('1', 300)).when(refund({ type: 'full' })).thenRefused({ kind: 'nothing-to-refund' });
  });

  test('that failed leaves its money and its units to be asked for again', () => {
    given(...PAID, requested('1', 300, of('A', 3), of('B', 1)), failed('1')).when(refund({ type: 'full' })).then(requested('new', 300, of('A', 3), of('B', 1)));
  });

  test('of the last units takes what is left, where one that failed has moved the rounding of the others', () => {
    const moved = [...PAID, requested('1', 66, of('A', 1)), requested('2', 67, of('A', 1)), failed('1'), requested('3', 67, of('A', 1))];
    given(...moved, requested('4', 100, of('B', 1))).when(units(of('A', 1))).then(requested('new', 66, of('A', 1)));
    given(...moved).when(units(of('A', 1), of('B', 1))).then(requested('new', 166, of('A', 1), of('B', 1)));
  });

  test('of units that cost nothing is refused: there is no money in it', () => {
    const free = { ...line('FREE', 1, 100), discount: cny(100), net: cny(0) };
    given(created([...lines, free]), ...PAID.slice(1)).when(units(of('FREE', 1))).thenRefused({ kind: 'nothing-to-refund' });
  });
});
