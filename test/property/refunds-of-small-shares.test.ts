import { expect, test } from 'vitest';
import { decide } from '../../functions/orders/domain/decide/decide.ts';
import { evolve } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder, Order } from '../../functions/orders/domain/state.ts';
import type { OrderEvent, OrderLine } from '../../functions/published/order-events.ts';
import { money, sum } from '../../functions/shared/kernel/money.ts';
import { created, EVENTS, line, ORDER_ID, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const ARTICLES = ['A', 'B', 'C'] as const;
const PRICE = 100;

/** Lines of which the customer paid so little that most units cost less than one minor unit; some cost nothing. */
const lines = fc
  .array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }), net: fc.nat({ max: 12 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .filter((some) => some.some(({ net }) => net > 0))
  .map((some) =>
    some.map(({ quantity, net }, index): OrderLine => {
      const full = line(ARTICLES[index], quantity, PRICE);
      return { ...full, discount: money(full.net.amount - net, 'CNY'), net: money(net, 'CNY') };
    }),
  );
/** How the units are sent back: of each article in turn so many, and whether as a return or as a refund. */
const groups = fc.array(
  fc.record({ counts: fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 }), returned: fc.boolean() }),
  { maxLength: 8 },
);

class PaidOrder {
  #order: Order = { status: 'none' };
  readonly refunds: OrderEvent[] = [];
  #ids = 0;

  constructor(placed: readonly OrderLine[]) {
    const total = sum(
      placed.map(({ net }) => net),
      'CNY',
    );
    const taken = { paymentId: 'pay-1', amount: total };
    this.#add([
      created(placed),
      EVENTS.reserved,
      { type: 'PaymentAuthorised', data: taken },
      EVENTS.arranged,
      { type: 'PaymentCaptured', data: taken },
      EVENTS.confirmed,
      { type: 'OrderShipped', data: {} },
    ]);
  }

  get order(): ExistingOrder {
    return this.#order as ExistingOrder;
  }

  /** The gateway makes every refund that is asked of it. */
  refund(items: readonly { readonly sku: OrderLine['sku']; readonly quantity: number }[], returned: boolean): void {
    this.#ids += 1;
    const [returnId, refundId] = [`return-${this.#ids}`, `refund-${this.#ids}`];
    if (returned) {
      this.#send({ type: 'RequestReturn', orderId: ORDER_ID, returnId, items });
      this.#send({ type: 'ReceiveReturn', orderId: ORDER_ID, returnId, refundId });
    } else {
      this.#send({ type: 'RefundOrder', orderId: ORDER_ID, refundId, scope: { type: 'items', items } });
    }
    const asked = this.refunds.at(-1);
    if (asked?.type !== 'RefundRequested' || asked.data.refundId !== refundId) return;
    const { amount } = asked.data;
    expect(amount.amount).toBeGreaterThan(0);
    this.#add([{ type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount, refundId } }]);
  }

  /** The units of the article that can still be refunded. */
  left({ sku, quantity }: OrderLine): number {
    const gone = this.order.refunds.flatMap((one) => one.lines).filter((units) => units.sku === sku);
    return gone.reduce((rest, units) => rest - units.quantity, quantity);
  }

  #send(command: Parameters<typeof decide>[1]): void {
    const decision = decide(this.#order, command);
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal.kind}.`);
    this.#add(decision.value);
  }

  #add(events: readonly OrderEvent[]): void {
    const version = this.#order.status === 'none' ? 0 : this.#order.version;
    for (const [index, event] of streamOf(events).entries()) {
      this.#order = evolve(this.#order, { ...event, version: version + index + 1 });
    }
    this.refunds.push(...events.filter(({ type }) => type === 'RefundRequested' || type === 'PaymentRefunded'));
  }
}

test('Refunds and returns of all units, in any order and grouping, give back exactly what was captured', () => {
  const seen = { empty: 0, returned: 0 };
  fc.assert(
    fc.property(lines, groups, (placed, sent) => {
      const paid = new PaidOrder(placed);
      const paidFor = placed.filter(({ net }) => net.amount > 0);
      const singles = paidFor.flatMap((one) =>
        Array.from({ length: one.quantity }, () => ({
          counts: placed.map(({ sku }) => (sku === one.sku ? 1 : 0)),
          returned: false,
        })),
      );
      for (const { counts, returned } of [...sent, ...singles]) {
        const items = placed
          .map((one, index) => ({ sku: one.sku, quantity: Math.min(counts[index]!, paid.left(one)) }))
          .filter(({ quantity }) => quantity > 0);
        const isPaidFor = items.some(({ sku }) => paidFor.some((one) => one.sku === sku));
        if (paid.order.status !== 'refunded' && isPaidFor) paid.refund(items, returned);
        if (returned) seen.returned += 1;
      }
      const amounts = paid.refunds.flatMap((event) => (event.type === 'PaymentRefunded' ? [event.data.amount] : []));
      expect(sum(amounts, 'CNY')).toEqual(paid.order.total);
      expect(paid.order.status).toBe('refunded');
      for (const one of paidFor) expect(paid.left(one)).toBe(0);
      if (amounts.some(({ amount }) => amount === 0)) seen.empty += 1;
    }),
    { numRuns: 500 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
});
