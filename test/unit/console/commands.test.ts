import { describe, expect, it } from 'vitest';
import type { Order } from '../../../console/src/api/types.ts';
import { bodyOf, EMPTY_FORM, faultOf } from '../../../console/src/order/command-form.ts';
import { type CommandId, commandsFor, effectsOf, ORDER_COMMANDS } from '../../../console/src/order/commands.ts';
import { isFinal, ORDER_STATUSES as SHOWN_STATUSES } from '../../../console/src/order/statuses.ts';
import { DECIDERS } from '../../../functions/orders/domain/decide/decide.ts';
import { ORDER_ROUTES } from '../../../functions/orders/routes.ts';
import { ORDER_STATUSES } from '../../../functions/published/order-events.ts';

const DECIDED_AS = {
  approve: 'ApproveOrder',
  reject: 'RejectOrder',
  ship: 'ShipOrder',
  deliver: 'DeliverOrder',
  cancel: 'RequestCancellation',
  refund: 'RefundOrder',
  return: 'RequestReturn',
} as const satisfies Record<CommandId, keyof typeof DECIDERS>;

/** In these a repeated request to cancel changes nothing: there is nothing to offer. */
const WITHOUT_EFFECT = ['cancelling', 'cancelled'];

const everything = () => true;
const captured = { status: 'processing', payment: { status: 'captured' }, shipment: { status: 'arranged' } } as Order;
const held = { status: 'held', payment: { status: 'pending' }, shipment: { status: 'pending' } } as Order;
const inYen = { total: { amount: 5000, currency: 'JPY' } } as Order;
const commandOf = (id: CommandId) => ORDER_COMMANDS.find((command) => command.id === id)!;

describe('the commands that the console offers', () => {
  it('knows every status, in the order of an order’s life', () => {
    expect(SHOWN_STATUSES).toEqual(ORDER_STATUSES);
  });

  it.each(ORDER_COMMANDS)(
    'offers $id exactly while the decider allows it and it changes something',
    ({ id, statuses }) => {
      const { allowedIn } = DECIDERS[DECIDED_AS[id]];
      const offered = id === 'cancel' ? allowedIn.filter((status) => !WITHOUT_EFFECT.includes(status)) : allowedIn;
      expect(statuses.toSorted()).toEqual(offered.toSorted());
    },
  );

  it.each(ORDER_COMMANDS)('asks for $id the scope and the path of its route', ({ path, scope }) => {
    const route = ORDER_ROUTES.find((one) => one.path === `/orders/{orderId}${path}`);
    expect(route?.callers).toMatchObject({ operators: scope });
  });

  it('offers nothing that the operator is not allowed', () => {
    expect(commandsFor(held, everything).map(({ id }) => id)).toEqual(['approve', 'reject', 'cancel']);
    expect(commandsFor(held, (scope) => scope === 'orders:refund').map(({ id }) => id)).toEqual(['cancel']);
    expect(commandsFor(held, () => false)).toEqual([]);
  });

  it('says that a cancellation gives back what was done, and nothing that was not', () => {
    const texts = (order: Order) => effectsOf('cancel', order).map(({ text }) => text);
    expect(texts(captured)).toEqual([
      'effect.parcelCancelled',
      'effect.moneyRefunded',
      'effect.stockReleased',
      'effect.cancelled',
      'effect.customerTold',
    ]);
    expect(texts(held).slice(0, 3)).toEqual(['effect.parcelNothing', 'effect.moneyNothing', 'effect.stockNothing']);
  });
});

describe('an order of which nothing more comes by itself', () => {
  const order = (more: object) => ({ status: 'delivered', parked: false, refunds: [], ...more }) as unknown as Order;
  it('has ended, has nothing parked, and no refund that is under way', () => {
    expect(isFinal(order({}))).toBe(true);
    expect(isFinal(order({ status: 'shipped' }))).toBe(false);
    expect(isFinal(order({ parked: true }))).toBe(false);
    expect(isFinal(order({ refunds: [{ status: 'requested' }] }))).toBe(false);
    expect(isFinal(order({ refunds: [{ status: 'refunded' }] }))).toBe(true);
  });
});

describe('the form of a command', () => {
  it('is not sent without units or an amount of the currency', () => {
    expect(faultOf('return', EMPTY_FORM, inYen)).toBe('no-units');
    expect(faultOf('refund', { ...EMPTY_FORM, scope: 'amount', amount: '12.50' }, inYen)).toBe('no-amount');
    expect(faultOf('refund', { ...EMPTY_FORM, scope: 'amount', amount: '1250' }, inYen)).toBeUndefined();
    expect(faultOf('refund', { ...EMPTY_FORM, scope: 'full' }, inYen)).toBeUndefined();
    expect(faultOf('cancel', EMPTY_FORM, inYen)).toBeUndefined();
  });

  it('becomes the body that the API takes', () => {
    const form = { ...EMPTY_FORM, comment: ' A stain. ', units: { TSHIRT: 1, MUG: 0 }, amount: '500' };
    expect(bodyOf(commandOf('refund'), form, inYen)).toEqual({
      type: 'items',
      items: [{ sku: 'TSHIRT', quantity: 1 }],
      comment: 'A stain.',
    });
    expect(bodyOf(commandOf('refund'), { ...form, scope: 'amount' }, inYen)).toEqual({
      type: 'amount',
      amount: { amount: 500, currency: 'JPY' },
      comment: 'A stain.',
    });
    expect(bodyOf(commandOf('ship'), form, inYen)).toEqual({});
    expect(bodyOf(commandOf('cancel'), EMPTY_FORM, inYen)).toEqual({});
  });
});
