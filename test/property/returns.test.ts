/** What becomes of the units and the money of an order, whatever parts of it are returned, rejected, withdrawn and refunded. */
import { expect, test } from 'vitest';
import { decide, type OrderCommand } from '../../functions/orders/domain/decide/decide.ts';
import { evolve, fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder, Order } from '../../functions/orders/domain/state.ts';
import type { OrderEvent, RejectedUnits } from '../../functions/published/order-events.ts';
import { countOf } from '../../functions/shared/kernel/units.ts';
import { SHIPPED, total } from '../support/orders/refunds.ts';
import { ORDER_ID, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const { lines: LINES } = fold(streamOf(SHIPPED)) as ExistingOrder;

const units = fc
  .subarray([...LINES], { minLength: 1 })
  .chain((lines) => fc.tuple(...lines.map(({ sku }) => fc.record({ sku: fc.constant(sku), quantity: fc.nat(2) }))))
  .map((some) => some.filter(({ quantity }) => quantity > 0))
  .filter((some) => some.length > 0);
const none = fc.constant<RejectedUnits[]>([]);
const rejected = units.map((some) => some.map((one) => ({ ...one, reason: 'damaged' as const })));
const UNTIL = '2026-03-01T00:00:00.000Z';
/** Which of the returns: it may be decided, or not exist. */
const which = fc.nat(2);

const act = fc.oneof(
  fc.record({ act: fc.constant('request' as const), items: units }),
  fc.record({ act: fc.constant('receive' as const), which, accepted: units, rejected: fc.oneof(none, rejected) }),
  fc.record({ act: fc.constant('receive' as const), which, accepted: none, rejected }),
  fc.record({ act: fc.constant('receive whole' as const), which }),
  fc.record({ act: fc.constant('withdraw' as const), which }),
  fc.record({ act: fc.constant('expire' as const), which }),
  fc.record({ act: fc.constant('refund' as const), items: units }),
  fc.record({ act: fc.constantFrom('refund all' as const, 'cancel' as const) }),
  fc.record({ act: fc.constant('gateway' as const), fails: fc.boolean() }),
);
const WHOLE: Act = { act: 'request', items: LINES.map(({ sku, quantity }) => ({ sku, quantity })) };
/** Random acts seldom return much at once, of which parts can be decided, or come too late. */
const life = fc
  .tuple(fc.constantFrom<Act[]>([], [WHOLE], [WHOLE, { act: 'expire', which: 0 }]), fc.array(act, { maxLength: 30 }))
  .map(([first, acts]): Act[] => [...first, ...acts]);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

function commandOf(one: Exclude<Act, { readonly act: 'gateway' }>, id: string): OrderCommand {
  const orderId = ORDER_ID;
  const returnId = 'which' in one ? `return-${one.which}` : id;
  switch (one.act) {
    case 'request':
      return { type: 'RequestReturn', orderId, returnId, items: one.items, expectedUntil: UNTIL };
    case 'receive': {
      const { accepted, rejected } = one;
      return { type: 'ReceiveReturn', orderId, returnId, refundId: id, inspected: { accepted, rejected } };
    }
    case 'receive whole':
      return { type: 'ReceiveReturn', orderId, returnId, refundId: id };
    case 'withdraw':
      return { type: 'WithdrawReturn', orderId, returnId };
    case 'expire':
      return { type: 'ExpireReturn', orderId, returnId, at: UNTIL };
    case 'refund':
      return { type: 'RefundOrder', orderId, refundId: id, scope: { type: 'items', items: one.items } };
    case 'refund all':
      return { type: 'RefundOrder', orderId, refundId: id, scope: { type: 'full' } };
    case 'cancel':
      return { type: 'RequestCancellation', orderId, reason: 'customer_request' };
  }
}

/** What the gateway answers to the oldest refund that it has not answered. */
function answerOf({ refunds }: ExistingOrder, fails: boolean): OrderEvent[] {
  const open = refunds.find(({ status }) => status === 'requested');
  if (!open) return [];
  const { refundId, amount } = open;
  return fails
    ? [{ type: 'RefundFailed', data: { refundId, reason: 'gateway_unavailable' } }]
    : [{ type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount, refundId } }];
}

test('No unit comes back twice, each is decided once, and no more is refunded than was paid', () => {
  const seen = { parts: 0, rejected: 0, withdrawn: 0, expired: 0, late: 0, refunded: 0, refused: 0, again: 0 };
  fc.assert(
    fc.property(life, (acts) => {
      let order = fold(streamOf(SHIPPED)) as ExistingOrder;
      let paidBack = 0;
      for (const [index, one] of acts.entries()) {
        const id = one.act === 'request' ? `return-${order.returns.length}` : `refund-${index}`;
        const decision = one.act === 'gateway' ? undefined : decide(order, commandOf(one, id));
        if (decision && !decision.ok) seen.refused += 1;
        const events = one.act === 'gateway' ? answerOf(order, one.fails) : decision?.ok ? decision.value : [];
        for (const event of streamOf(events)) {
          order = evolve(order, { ...event, version: order.version + 1 }) as ExistingOrder;
          if (event.type === 'PaymentRefunded') paidBack += event.data.amount.amount;
        }
        if (order.returns.some(({ status }) => status === 'partly_received')) seen.parts += 1;
        expectUnitsAddUp(order);
        const claimed = order.refunds.filter(({ status }) => status !== 'failed');
        expect(claimed.reduce((sum, { amount }) => sum + amount.amount, 0)).toBeLessThanOrEqual(total.amount);
        expect(order.status === 'refunded').toBe(paidBack === total.amount);
      }
      seen.rejected += order.returns.filter((back) => back.rejected.length > 0).length;
      seen.withdrawn += order.returns.filter(({ status }) => status === 'withdrawn').length;
      seen.expired += order.returns.filter(({ status }) => status === 'expired').length;
      seen.late += order.returns.filter((back) => back.expiredAt !== undefined && back.accepted.length > 0).length;
      if (order.status === 'refunded') seen.refunded += 1;
      if (
        LINES.some(
          ({ sku, quantity }) =>
            countOf(
              sku,
              order.returns.flatMap((back) => back.lines),
            ) > quantity,
        )
      ) {
        seen.again += 1;
      }
    }),
    { numRuns: 1_000 },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 10]).toEqual([what, true]);
});

test('When all units were accepted in whatever parts, rejected and returned again meanwhile, all of the payment went back', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (fates) => {
      let order = fold(streamOf(SHIPPED)) as ExistingOrder;
      let ids = 0;
      const send = (command: object) => {
        const decision = decide(order, { orderId: ORDER_ID, ...command } as OrderCommand);
        if (!decision.ok) throw new Error(`Refused: ${decision.refusal.kind}.`);
        add(decision.value);
        add(answerOf(order, false));
      };
      const add = (events: readonly OrderEvent[]) => {
        order = streamOf(events).reduce<Order>(
          (now, event) => evolve(now, { ...event, version: order.version + event.version }),
          order,
        ) as ExistingOrder;
      };
      for (const { sku, quantity } of LINES) {
        for (let unit = 0; unit < quantity; unit += 1) {
          const one = { sku, quantity: 1 };
          for (let isAccepted = false; !isAccepted && order.status !== 'refunded'; ids += 1) {
            isAccepted = fates[ids % fates.length]! || ids % 5 === 0;
            const returnId = `return-${ids}`;
            send({ type: 'RequestReturn', returnId, items: [one] });
            const inspected = isAccepted
              ? { accepted: [one], rejected: [] }
              : { accepted: [], rejected: [{ ...one, reason: 'other' }] };
            send({ type: 'ReceiveReturn', returnId, refundId: `refund-${ids}`, inspected });
          }
        }
      }
      expect(order).toMatchObject({ status: 'refunded', payment: { refunded: total } });
    }),
    { numRuns: 100 },
  );
});

function expectUnitsAddUp({ returns }: ExistingOrder): void {
  for (const { sku, quantity } of LINES) {
    let away = 0;
    for (const { lines, accepted, rejected, withdrawn, status, expiredAt } of returns) {
      const [asked, decided] = [countOf(sku, lines), countOf(sku, [...accepted, ...rejected, ...withdrawn])];
      expect(decided).toBeLessThanOrEqual(asked);
      // What does not come of a return that has expired stays with the customer.
      if (expiredAt !== undefined) {
        expect(['requested', 'partly_received', 'withdrawn']).not.toContain(status);
        away += countOf(sku, accepted);
        continue;
      }
      if (status !== 'requested' && status !== 'partly_received') expect(decided).toBe(asked);
      away += asked - countOf(sku, [...rejected, ...withdrawn]);
    }
    expect(away).toBeLessThanOrEqual(quantity);
  }
}
