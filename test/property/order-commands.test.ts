/** Rules that hold for an order after any commands and any facts, in any sequence. */
import { expect, test } from 'vitest';
import {
  type CommandOf,
  DECIDERS,
  decide,
  type OrderCommand,
  type OrderCommandType,
} from '../../functions/orders/domain/decide/decide.ts';
import { refundable } from '../../functions/orders/domain/decide/refunding.ts';
import { evolve, fold } from '../../functions/orders/domain/evolve.ts';
import { undecided } from '../../functions/orders/domain/returns.ts';
import type { ExistingOrder, Order } from '../../functions/orders/domain/state.ts';
import {
  ORDER_STATUSES,
  type OrderEvent,
  type OrderLine,
  type OrderStatus,
} from '../../functions/published/order-events.ts';
import { money, sum } from '../../functions/shared/kernel/money.ts';
import type { Units } from '../../functions/shared/kernel/units.ts';
import { commandOf } from '../support/orders/lifecycle.ts';
import { created, EVENTS, line, priced, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

interface Choice {
  /** The id of what the step creates: a refund, a return or a change. */
  readonly id: string;
  readonly lines: readonly OrderLine[];
  /** Picks one of several forms or parts, and is an amount or a count. */
  readonly n: number;
}

type Fields<Type extends OrderCommandType> = Omit<CommandOf<Type>, 'type' | 'orderId'>;

const CANCELLED = { ...commandOf('CancelOrder'), reason: 'carrier_unavailable' } as const;

/** Commands whose fields depend on the order or the choice, in one form or several. All others are those of the lifecycle. */
const FORMS: {
  readonly [Type in OrderCommandType]?: readonly ((order: ExistingOrder, choice: Choice) => Fields<Type>)[];
} = {
  ChangeItems: [(_, { id, lines }) => ({ changeId: id, ...priced(lines) })],
  RefuseItemsChange: [({ itemsChange }) => ({ changeId: itemsChange?.changeId ?? 'none', reason: 'out_of_stock' })],
  CancelOrder: [
    () => ({ ...CANCELLED, unfinished: [{ step: 'VoidPayment', error: 'PaymentGatewayUnavailable' }] }),
    () => ({
      ...CANCELLED,
      parked: [{ step: 'VoidPayment', error: 'PaymentGatewayUnavailable', dueAt: '2026-01-02T07:04:05.000Z' }],
    }),
  ],
  RefundOrder: [
    (_, { id }) => ({ refundId: id, scope: { type: 'full' } }),
    (order, { id, n }) => ({ refundId: id, scope: { type: 'items', items: [someOf(order, n)] } }),
    (_, { id, n }) => ({ refundId: id, scope: { type: 'amount', amount: money(n + 1, 'CNY') } }),
  ],
  RequestReturn: [(order, { id, n }) => ({ returnId: id, items: [someOf(order, n)] })],
  ReceiveReturn: [
    ({ returns }, { id, n }) => ({
      returnId: returns[n % Math.max(returns.length, 1)]?.returnId ?? 'none',
      refundId: id,
    }),
    ({ returns }, { id, n }) => {
      const back = returns[n % Math.max(returns.length, 1)];
      const units = back?.lines.map(({ sku }) => ({ sku, quantity: 1 })) ?? [];
      const rejected = units.map((one) => ({ ...one, reason: 'damaged' as const }));
      return {
        returnId: back?.returnId ?? 'none',
        refundId: id,
        inspected:
          n % 3 === 0 ? { accepted: [], rejected } : { accepted: units, rejected: n % 3 === 1 ? rejected : [] },
      };
    },
  ],
  WithdrawReturn: [
    ({ returns }, { n }) => ({ returnId: returns[n % Math.max(returns.length, 1)]?.returnId ?? 'none' }),
  ],
};
const COMMANDS = Object.keys(DECIDERS) as Exclude<OrderCommandType, 'CreateOrder'>[];

/** A command of this type, which may well be refused. */
function commandGiven(type: (typeof COMMANDS)[number], order: ExistingOrder, choice: Choice): OrderCommand {
  const forms = FORMS[type] ?? [];
  return { ...commandOf(type), ...forms[choice.n % forms.length]?.(order, choice) };
}

/** Facts that steps record; undefined where the order gives no reason for one. */
const FACTS: Readonly<Record<string, (order: ExistingOrder, choice: Choice) => OrderEvent | undefined>> = {
  backordered: () => EVENTS.backordered,
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
const anyStep = step([...COMMANDS, ...Object.keys(FACTS)]);
const late = step([
  'ShipOrder',
  'DeliverOrder',
  'RefundOrder',
  'RequestReturn',
  'ReceiveReturn',
  'WithdrawReturn',
  'refunded',
  'refundFailed',
  'RequestCancellation',
  'CancelOrder',
  'ConfirmOrder',
]);
const way = (...names: readonly string[]) => fc.tuple(...names.map((name) => step([name])));
const then = (before: ReturnType<typeof way>, rest: typeof anyStep) =>
  fc.tuple(before, fc.array(rest, { maxLength: 25 })).map((steps) => steps.flat());
/** Random steps seldom confirm an order or change its price: some lives begin with the steps that do. */
const life = fc.oneof(
  fc.array(anyStep, { maxLength: 25 }),
  then(way('ApproveOrder', 'reserved', 'authorised', 'ChangeItems', 'changed'), anyStep),
  then(way('ApproveOrder', 'reserved', 'authorised', 'arranged', 'captured', 'ConfirmOrder'), late),
);

test('An order folds after any accepted events, refunds no more than it captured, and folds to the same from any snapshot', () => {
  const seen = new Set<OrderStatus>();
  fc.assert(
    fc.property(someLines, fc.boolean(), life, fc.nat(), (lines, isHeld, steps, cut) => {
      const { data } = created(lines);
      const stream = streamOf([{ type: 'OrderCreated', data: isHeld ? { ...data, review: 'required' } : data }]);
      let order = fold(stream) as ExistingOrder;
      steps.forEach(({ name, ...choice }, index) => {
        const happened = after(stream.length, whatFollows(order, name, { ...choice, id: `id-${index}` }));
        stream.push(...happened);
        // Folding throws for an event that cannot follow: no accepted event may.
        order = happened.reduce<Order>(evolve, order) as ExistingOrder;
        seen.add(order.status);
        expect(order.version).toBe(stream.length);
        expectConserved(order);
      });
      const at = 1 + (cut % stream.length);
      const snapshot = JSON.parse(JSON.stringify(fold(stream.slice(0, at)))) as Order;
      expect(stream.slice(at).reduce<Order>(evolve, snapshot)).toEqual(order);
    }),
    { numRuns: 600 },
  );
  // Every status occurred, so that the property covers all of them.
  expect(seen).toEqual(new Set(ORDER_STATUSES));
});

const after = (version: number, events: readonly OrderEvent[]) =>
  streamOf(events).map((event) => ({ ...event, version: version + event.version }));

/** The events of a step; none when it is refused. A command leads where its decider says. */
function whatFollows(order: ExistingOrder, name: string, choice: Choice): readonly OrderEvent[] {
  const fact = FACTS[name]?.(order, choice);
  if (fact) return [fact];
  const type = COMMANDS.find((each) => each === name);
  if (!type) return [];
  const decision = decide(order, commandGiven(type, order, choice));
  if (!decision.ok || decision.value.length === 0) return [];
  const { to } = DECIDERS[type];
  const { status } = after(order.version, decision.value).reduce<Order>(evolve, order);
  // A held order is cancelled at once, since nothing was done for it that has to be undone.
  expect(to === 'unchanged' ? [order.status] : to === 'cancelling' ? [to, 'cancelled'] : [to]).toContain(status);
  return decision.value;
}

/** Neither money nor goods are given back twice. */
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
      const kept = returns.map((back) => ({ lines: [...back.accepted, ...undecided(back)] }));
      for (const back of [refunds.filter((refund) => refund.status !== 'failed'), kept]) {
        const units = back.flatMap((one) => one.lines).filter((one) => one.sku === sku);
        expect(units.reduce((count, one) => count + one.quantity, 0)).toBeLessThanOrEqual(quantity);
      }
    }
  }
  if (status === 'refunded') expect(payment).toMatchObject({ status: 'refunded' });
  for (const { amount } of refunds) expect(amount.amount).toBeGreaterThan(0);
}
