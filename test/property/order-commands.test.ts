/** What holds for an order whatever people ask of it and whatever comes of it, in any sequence. */
import { expect, test } from '@jest/globals';
import type { OrderCommand } from '../../functions/orders/domain/decide/decide.ts';
import { DECIDERS, decide } from '../../functions/orders/domain/decide/decide.ts';
import { refundable } from '../../functions/orders/domain/decide/refunding.ts';
import { evolve, fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder, Order } from '../../functions/orders/domain/state.ts';
import {
  ORDER_STATUSES,
  type OrderEvent,
  type OrderLine,
  type OrderStatus,
} from '../../functions/published/order-events.ts';
import { money, sum } from '../../functions/shared/kernel/money.ts';
import type { Units } from '../../functions/shared/kernel/units.ts';
import type { CommandGiven } from '../support/orders/given.ts';
import { created, EVENTS, line, ORDER_ID, priced, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

interface Choice {
  /** Names whatever the step brings about. */
  readonly id: string;
  readonly lines: readonly OrderLine[];
  /** Picks among what there is to pick from, and is an amount or a count. */
  readonly n: number;
}

/** What a person asks of the order; it may well be refused. */
const COMMANDS: Readonly<Record<string, (order: ExistingOrder, choice: Choice) => CommandGiven>> = {
  approve: () => ({ type: 'ApproveOrder' }),
  reject: () => ({ type: 'RejectOrder' }),
  moveHouse: () => ({
    type: 'ChangeShippingAddress',
    shippingAddress: { ...created().data.shippingAddress, street: '1 Elsewhere Road' },
  }),
  changeItems: (_, { id, lines }) => ({ type: 'ChangeItems', changeId: id, ...priced(lines) }),
  cancel: () => ({ type: 'RequestCancellation', reason: 'customer_request' }),
  confirm: () => ({ type: 'ConfirmOrder' }),
  giveUp: () => ({
    type: 'CancelOrder',
    reason: 'carrier_unavailable',
    parked: [{ step: 'VoidPayment', error: 'PaymentGatewayUnavailable' }],
  }),
  ship: () => ({ type: 'ShipOrder' }),
  deliver: () => ({ type: 'DeliverOrder' }),
  refundAll: (_, { id }) => ({ type: 'RefundOrder', refundId: id, scope: { type: 'full' } }),
  refundUnits: (order, { id, n }) => ({
    type: 'RefundOrder',
    refundId: id,
    scope: { type: 'items', items: [someOf(order, n)] },
  }),
  refundAmount: (_, { id, n }) => ({
    type: 'RefundOrder',
    refundId: id,
    scope: { type: 'amount', amount: money(n + 1, 'CNY') },
  }),
  sendBack: (order, { id, n }) => ({ type: 'RequestReturn', returnId: id, items: [someOf(order, n)] }),
  receive: ({ returns }, { id, n }) => ({
    type: 'ReceiveReturn',
    returnId: returns[n % Math.max(returns.length, 1)]?.returnId ?? 'none',
    refundId: id,
  }),
};

/** What comes of it elsewhere; undefined when there is nothing for it to come of. */
const FACTS: Readonly<Record<string, (order: ExistingOrder, choice: Choice) => OrderEvent | undefined>> = {
  reserved: () => EVENTS.reserved,
  released: () => EVENTS.released,
  authorised: ({ total }) => ({ type: 'PaymentAuthorised', data: { paymentId: 'pay-1', amount: total } }),
  declined: () => EVENTS.declined,
  arranged: () => EVENTS.arranged,
  shipmentCancelled: () => EVENTS.shipmentCancelled,
  captured: ({ payment }) =>
    payment.status === 'authorised'
      ? { type: 'PaymentCaptured', data: { paymentId: 'pay-1', amount: payment.amount } }
      : undefined,
  voided: () => EVENTS.voided,
  changed: ({ itemsChange }, { lines }) =>
    itemsChange && { type: 'ItemsChanged', data: { changeId: itemsChange.changeId, ...priced(lines) } },
  changeRefused: ({ itemsChange }) =>
    itemsChange && { type: 'ItemsChangeRefused', data: { changeId: itemsChange.changeId, reason: 'out_of_stock' } },
  refunded: (order, { n }) => {
    const refund = openRefund(order, n);
    return (
      refund && {
        type: 'PaymentRefunded',
        data: { paymentId: 'pay-1', amount: refund.amount, refundId: refund.refundId },
      }
    );
  },
  refundFailed: (order, { n }) => {
    const refund = openRefund(order, n);
    return refund && { type: 'RefundFailed', data: { refundId: refund.refundId, reason: 'gateway_unavailable' } };
  },
};

function openRefund({ refunds }: ExistingOrder, n: number) {
  const open = refunds.filter(({ status }) => status === 'requested');
  return open[n % Math.max(open.length, 1)];
}

function someOf({ lines }: ExistingOrder, n: number): Units {
  const { sku, quantity } = lines[n % lines.length]!;
  return { sku, quantity: 1 + (n % quantity) };
}

const someLines = fc.uniqueArray(fc.constantFrom('MUG-BLUE', 'TSHIRT', 'STICKER'), { minLength: 1 }).chain((skus) =>
  fc.tuple(
    ...skus.map((sku) =>
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 1_000 })).map(([quantity, net]): OrderLine => {
        const { discount: _, ...full } = line(sku, quantity, 1_000);
        return { ...full, discount: money(quantity * 1_000 - net, 'CNY'), net: money(net, 'CNY') };
      }),
    ),
  ),
);

const step = (names: readonly string[]) =>
  fc.record({ name: fc.constantFrom(...names), n: fc.nat(3_000), lines: someLines });
const anyStep = step([...Object.keys(COMMANDS), ...Object.keys(FACTS)]);
const late = step([
  'ship',
  'deliver',
  'refundAll',
  'refundUnits',
  'refundAmount',
  'sendBack',
  'receive',
  'refunded',
  'refundFailed',
  'cancel',
  'giveUp',
  'confirm',
]);
const way = (...names: readonly string[]) => fc.tuple(...names.map((name) => step([name])));
const then = (before: ReturnType<typeof way>, rest: typeof anyStep) =>
  fc.tuple(before, fc.array(rest, { maxLength: 25 })).map((steps) => steps.flat());
/** Steps at random seldom confirm an order, or change what it costs: some lives begin with those that do. */
const life = fc.oneof(
  fc.array(anyStep, { maxLength: 25 }),
  then(way('approve', 'reserved', 'authorised', 'changeItems', 'changed'), anyStep),
  then(way('approve', 'reserved', 'authorised', 'arranged', 'captured', 'confirm'), late),
);

test('An order folds, whatever is taken, and gives back no more than it took, wherever it is taken up from a snapshot', () => {
  const seen = new Set<OrderStatus>();
  fc.assert(
    fc.property(someLines, fc.boolean(), life, fc.nat(), (lines, isHeld, steps, cut) => {
      const { data } = created(lines);
      const stream = streamOf([{ type: 'OrderCreated', data: isHeld ? { ...data, review: 'required' } : data }]);
      let order = fold(stream) as ExistingOrder;
      steps.forEach(({ name, ...choice }, index) => {
        const happened = after(stream.length, whatFollows(order, name, { ...choice, id: `id-${index}` }));
        stream.push(...happened);
        // Folding throws for what cannot follow: nothing that is taken may.
        order = happened.reduce<Order>(evolve, order) as ExistingOrder;
        seen.add(order.status);
        expect(order.version).toBe(stream.length);
        expectConserved(order);
      });
      const at = 1 + (cut % stream.length);
      const snapshot = JSON.parse(JSON.stringify(fold(stream.slice(0, at)))) as Order;
      expect(stream.slice(at).reduce<Order>(evolve, snapshot)).toEqual(order);
    }),
    { numRuns: 400 },
  );
  // Or else this would be about less than it says.
  expect(seen).toEqual(new Set(ORDER_STATUSES));
});

const after = (version: number, events: readonly OrderEvent[]) =>
  streamOf(events).map((event) => ({ ...event, version: version + event.version }));

/** The events of a step; none when it is refused. A command leads where its decider says. */
function whatFollows(order: ExistingOrder, name: string, choice: Choice): readonly OrderEvent[] {
  const fact = FACTS[name]?.(order, choice);
  if (fact) return [fact];
  const asked = COMMANDS[name]?.(order, choice);
  if (!asked || asked.type === 'CreateOrder') return [];
  const command = { orderId: ORDER_ID, ...asked } as OrderCommand;
  const decision = decide(order, command);
  if (!decision.ok || decision.value.length === 0) return [];
  const { to } = DECIDERS[asked.type];
  const { status } = after(order.version, decision.value).reduce<Order>(evolve, order);
  // What nothing was done for need not be undone: a held order goes straight to the end.
  expect(to === 'unchanged' ? [order.status] : to === 'cancelling' ? [to, 'cancelled'] : [to]).toContain(status);
  return decision.value;
}

/** Nothing is given back twice: neither money nor goods. */
function expectConserved(order: ExistingOrder): void {
  const { payment, refunds, returns, lines, status } = order;
  if (status === 'processing' || status === 'shipped' || status === 'delivered') {
    expect(refundable(order).amount).toBeGreaterThanOrEqual(0);
    const given = sum(
      refunds.filter((refund) => refund.status === 'refunded').map(({ amount }) => amount),
      'CNY',
    );
    expect(order.payment).toMatchObject({ status: 'captured', refunded: given });
    for (const { sku, quantity } of lines) {
      for (const back of [refunds.filter((refund) => refund.status !== 'failed'), returns]) {
        const units = back.flatMap((one) => one.lines).filter((one) => one.sku === sku);
        expect(units.reduce((count, one) => count + one.quantity, 0)).toBeLessThanOrEqual(quantity);
      }
    }
  }
  if (status === 'refunded') expect(payment).toMatchObject({ status: 'refunded' });
  for (const { amount } of refunds) expect(amount.amount).toBeGreaterThan(0);
}
