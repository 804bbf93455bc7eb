import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Refund } from '../../functions/orders/domain/state.ts';
import { leftOf } from '../../functions/payments/domain/payment.ts';
import type { OrderLine } from '../../functions/published/order-events.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { expectBalancedBooks } from '../support/ledger/balanced-books.ts';
import { line, ORDER_ID } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';
import { type OrderRace, orderRace, type Pace } from '../support/saga/order-race.ts';

const ARTICLES = ['A', 'B'] as const;
const STOCK = 8;

const units = fc
  .record({ A: fc.nat({ max: 4 }), B: fc.nat({ max: 4 }) })
  .filter(({ A, B }) => A + B > 0)
  .map((wanted) =>
    ARTICLES.filter((sku) => wanted[sku] > 0).map((sku) => ({ sku: line(sku).sku, quantity: wanted[sku] })),
  );
/** Units at ¥1.00, less a discount that their number seldom divides. */
const lines = fc.tuple(units, fc.nat({ max: 37 })).map(([wanted, discount]): OrderLine[] =>
  wanted.map(({ sku, quantity }) => {
    const full = line(sku, quantity, 100);
    return { ...full, discount: money(discount, 'CNY'), net: money(full.net.amount - discount, 'CNY') };
  }),
);

const scope = fc.oneof(
  { weight: 3, arbitrary: units.map((items) => ({ type: 'items', items }) as const) },
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 1, max: 500 })
      .map((amount) => ({ type: 'amount', amount: money(amount, 'CNY') }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'full' } as const) },
);
/** What customers and operators do. The queue decides how often a refund is attempted and whether its message comes twice. */
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      scope,
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      twice: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('return' as const), items: units }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('ship' as const, 'ship' as const, 'deliver' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;
/** Acts of one round happen at the same time. */
const rounds = fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
const fates = fc.array(fc.constantFrom('carried out', 'not carried out', 'outcome unknown' as const), { maxLength: 6 });
/** What customers do while the order saga runs. */
const interference = fc.record({
  changes: fc.array(lines, { maxLength: 2 }),
  cancels: fc.nat({ max: 4 }).map((one) => one === 0),
});

async function carryOut(race: OrderRace, one: Act): Promise<void> {
  switch (one.kind) {
    case 'refund': {
      const refundId = randomUUID();
      if (!(await race.ask({ type: 'RefundOrder', orderId: ORDER_ID, refundId, scope: one.scope }))) return;
      await Promise.all(
        Array.from({ length: one.twice ? 2 : 1 }, () => race.carryOutRefund(refundId, one.maxAttempts)),
      );
      return;
    }
    case 'return': {
      const [returnId, refundId] = [randomUUID(), randomUUID()];
      if (!(await race.ask({ type: 'RequestReturn', orderId: ORDER_ID, returnId, items: one.items }))) return;
      await race.ask({ type: 'ReceiveReturn', orderId: ORDER_ID, returnId, refundId });
      if ((await race.order()).refunds.some((refund) => refund.refundId === refundId)) {
        await race.carryOutRefund(refundId, 3);
      }
      return;
    }
    case 'ship':
    case 'deliver':
      await race.ask({ type: one.kind === 'ship' ? 'ShipOrder' : 'DeliverOrder', orderId: ORDER_ID });
      return;
    case 'cancel':
      await race.requestCancellation();
      if ((await race.order()).status === 'cancelling') await race.undoAll();
  }
}

const total = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0);

/** The gateway's ledger for the order. */
async function books({ gateway }: OrderRace) {
  const payment = await gateway.find(ORDER_ID);
  if (payment.status !== 'captured' && payment.status !== 'refunded') return { captured: 0, left: 0, refunds: [] };
  return { captured: payment.amount.amount, left: leftOf(payment).amount, refunds: payment.refunds };
}

/** At any moment: no more is refunded than was captured, and without a cancellation no more is requested either. */
async function expectCovered(race: OrderRace): Promise<void> {
  const [order, { captured, left }] = [await race.order(), await books(race)];
  expect(left).toBeGreaterThanOrEqual(0);
  if (order.status === 'cancelling' || order.status === 'cancelled') return;
  expect(
    total(order.refunds.filter(({ status }) => status !== 'failed').map(({ amount }) => amount)),
  ).toBeLessThanOrEqual(captured);
}

/** In the end: the order and the gateway's ledger agree, refund by refund. */
async function expectConserved(race: OrderRace): Promise<void> {
  const [order, { captured, left, refunds }] = [await race.order(), await books(race)];
  const { payment } = order;
  const shown =
    payment.status === 'captured' || payment.status === 'refunded'
      ? payment.amount.amount - payment.refunded.amount
      : 0;
  expect(shown).toBe(left);
  // Only a shipped order can be refunded in full: before that, it is cancelled.
  if (order.status === 'refunded') expect(await race.events()).toContain('OrderShipped');
  if (order.status !== 'cancelled') expect(captured).toBe(order.total.amount);
  expect(order.status === 'cancelled' || order.status === 'refunded').toBe(left === 0);

  expect(order.refunds.map(({ status }) => status)).not.toContain('requested');
  const made = order.refunds.filter(({ status }) => status === 'refunded');
  const compensation = refunds.filter(({ refundId }) => !order.refunds.some((asked) => asked.refundId === refundId));
  expect(compensation.length).toBeLessThanOrEqual(order.status === 'cancelled' ? 1 : 0);
  expect(new Set(made.map(({ refundId, amount }) => `${refundId}: ${amount.amount}`))).toEqual(
    new Set(
      refunds
        .filter((refund) => !compensation.includes(refund))
        .map(({ refundId, amount }) => `${refundId}: ${amount.amount}`),
    ),
  );
  for (const { sku, quantity } of order.lines) expect(unitsOf(sku, made)).toBeLessThanOrEqual(quantity);
}

const unitsOf = (sku: string, refunds: readonly Refund[]): number =>
  refunds
    .flatMap((refund) => refund.lines)
    .filter((one) => one.sku === sku)
    .reduce((sum, { quantity }) => sum + quantity, 0);

test('Whatever is changed, cancelled, refunded and returned, what was captured and not refunded is what the order says, to the minor unit', async () => {
  const seen = { changed: 0, partly: 0, refunded: 0, cancelled: 0, cancelledAfterRefund: 0, failed: 0, returned: 0 };
  await fc.assert(
    fc.asyncProperty(
      lines,
      interference,
      rounds,
      fates,
      fc.scheduler(),
      async (placed, { changes, cancels }, acts, trouble, scheduler) => {
        const pace: Pace = (target) =>
          new Proxy(target, {
            get: (of, name) => {
              const member: unknown = Reflect.get(of, name);
              return typeof member === 'function'
                ? scheduler.scheduleFunction(member.bind(of) as () => Promise<unknown>)
                : member;
            },
          });
        const race = await orderRace(pace, { lines: placed, token: 'tok_ok' });
        for (const sku of ARTICLES) race.inventory.stock(sku, STOCK);

        await scheduler.waitFor(
          Promise.all([
            race.runOrderSaga(),
            ...changes.map((change) => race.changeItems(change)),
            ...(cancels ? [race.requestCancellation()] : []),
          ]),
        );
        if ((await race.order()).status === 'cancelling') await scheduler.waitFor(race.undoAll());
        await expectCovered(race);
        race.gateway.fates.plan(...trouble);
        for (const round of acts) {
          await scheduler.waitFor(Promise.all(round.map((one) => carryOut(race, one))));
          await expectCovered(race);
        }

        await expectConserved(race);
        expectBalancedBooks(await race.stream(), (await books(race)).left);
        const order = await race.order();
        const events = await race.events();
        const { left, captured, refunds } = await books(race);
        if (events.includes('ItemsChanged')) seen.changed += 1;
        if (left > 0 && left < captured) seen.partly += 1;
        if (order.status === 'refunded') seen.refunded += 1;
        if (order.status === 'cancelled') seen.cancelled += 1;
        if (order.status === 'cancelled' && refunds.length > 1) seen.cancelledAfterRefund += 1;
        if (events.includes('RefundFailed')) seen.failed += 1;
        if (events.includes('ReturnReceived')) seen.returned += 1;
      },
    ),
    { numRuns: 600 },
  );
  for (const [end, count] of Object.entries(seen)) expect([end, count > 10]).toEqual([end, true]);
});

test('In whatever parts the units of an order are refunded, and whatever fails in between, they give back its total', async () => {
  const seen = { failed: 0, severalParts: 0 };
  /** Refunds that are asked for at once, and whether the gateway makes each. */
  const batches = fc.array(fc.array(fc.record({ items: units, works: fc.boolean() }), { minLength: 1, maxLength: 3 }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(lines, batches, async (placed, parts) => {
      const race = await orderRace((target) => target, { lines: placed, token: 'tok_ok' });
      for (const sku of ARTICLES) race.inventory.stock(sku, STOCK);
      await race.runOrderSaga();
      await race.ask({ type: 'ShipOrder', orderId: ORDER_ID });

      const refund = async (items: (typeof parts)[number][number]['items']) => {
        const refundId = randomUUID();
        return (await race.ask({ type: 'RefundOrder', orderId: ORDER_ID, refundId, scope: { type: 'items', items } }))
          ? refundId
          : undefined;
      };
      for (const batch of parts) {
        const asked: { refundId: string; works: boolean }[] = [];
        for (const { items, works } of batch) {
          const refundId = await refund(items);
          if (refundId !== undefined) asked.push({ refundId, works });
        }
        for (const { refundId, works } of asked) {
          if (!works) race.gateway.fates.plan('not carried out');
          await race.carryOutRefund(refundId, 1);
          if (!works) seen.failed += 1;
        }
      }
      for (const { sku, quantity } of placed) {
        const before = (await race.order()).refunds.filter(({ status }) => status === 'refunded');
        for (let unit = unitsOf(sku, before); unit < quantity; unit += 1) {
          await race.carryOutRefund((await refund([{ sku, quantity: 1 }]))!, 1);
        }
      }

      const order = await race.order();
      expect(order).toMatchObject({ status: 'refunded', payment: { refunded: order.total } });
      expect((await books(race)).left).toBe(0);
      if (order.refunds.length > 2) seen.severalParts += 1;
    }),
    { numRuns: 300 },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 10]).toEqual([what, true]);
});
