/** What becomes of the money of goods that come back to a shop that keeps a fee, in whatever parts they come and whatever becomes of the refunds. */
import { expect, test } from 'vitest';
import { balancesOf, NO_BOOK } from '../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../functions/ledger/domain/entries.ts';
import { decide } from '../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { refundOfUnits } from '../../functions/orders/domain/pricing/refund-of-units.ts';
import { returnTerms } from '../../functions/orders/domain/return-terms.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { OrderEvent, OrderLine, RefundRequested } from '../../functions/published/order-events.ts';
import { type Money, money } from '../../functions/shared/kernel/money.ts';
import { countOf } from '../../functions/shared/kernel/units.ts';
import { created, EVENTS, line, ORDER_ID, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const KEEPS_NOTHING = { changed_mind: 0, does_not_fit: 0, other: 0 };

const lineOf = (sku: string) =>
  fc
    .record({ quantity: fc.integer({ min: 1, max: 5 }), price: fc.integer({ min: 1, max: 500 }) })
    .chain(({ quantity, price }) =>
      fc.nat(quantity * price).map(
        (discount): OrderLine => ({
          ...line(sku, quantity, price),
          discount: money(discount, 'CNY'),
          net: money(quantity * price - discount, 'CNY'),
        }),
      ),
    );
/** Of a mug and a shirt, of which something was paid. */
const bought = fc
  .tuple(lineOf('MUG-BLUE'), lineOf('TSHIRT'))
  .filter((lines) => lines.some(({ net }) => net.amount > 0));
const part = fc.record({ mugs: fc.nat(3), shirts: fc.nat(3), waivesFee: fc.boolean() });
type Part = typeof part extends fc.Arbitrary<infer One> ? One : never;
/** What the channel makes of a refund, which may also come back after it was made. */
const fate = fc.constantFrom('made', 'failed', 'reversed');
type Fate = typeof fate extends fc.Arbitrary<infer One> ? One : never;
const basisPoints = fc.oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 1, max: 10_000 }));

const EVERYTHING: Part = { mugs: 5, shirts: 5, waivesFee: false };

function awaited(lines: readonly OrderLine[], restockingFeeBasisPoints: number): OrderEvent[] {
  const order = created(lines);
  const taken = { paymentId: 'pay-1', amount: order.data.total };
  return [
    order,
    EVENTS.reserved,
    { type: 'PaymentAuthorised', data: taken },
    EVENTS.arranged,
    { type: 'PaymentCaptured', data: taken },
    EVENTS.confirmed,
    { type: 'OrderShipped', data: {} },
    {
      type: 'ReturnRequested',
      data: {
        returnId: 'return-1',
        lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
        restockingFeeBasisPoints,
      },
    },
  ];
}

const orderOf = (events: readonly OrderEvent[]) => fold(streamOf(events)) as ExistingOrder;
const openTerms = (events: readonly OrderEvent[]) => returnTerms(orderOf(events), KEEPS_NOTHING).returns[0];

/** What follows when these of the awaited units come, up to the end of their refund. */
function receive(
  events: readonly OrderEvent[],
  { mugs, shirts, waivesFee }: Part,
  refundId: string,
  is: Fate,
): OrderEvent[] {
  const accepted = (openTerms(events)?.lines ?? [])
    .map(({ sku, quantity }) => ({ sku, quantity: Math.min(quantity, sku === 'TSHIRT' ? shirts : mugs) }))
    .filter(({ quantity }) => quantity > 0);
  if (accepted.length === 0) return [];
  const inspected = { accepted, rejected: [] };
  const decision = decide(orderOf(events), {
    type: 'ReceiveReturn',
    orderId: ORDER_ID,
    returnId: 'return-1',
    refundId,
    inspected,
    waivesFee,
  });
  if (!decision.ok) throw new Error(`Refused: ${decision.refusal.kind}.`);
  const request = requestsIn(decision.value)[0];
  // A refund of nothing is over at once.
  if (request === undefined || request.amount.amount === 0) return [...decision.value];
  const { amount } = request;
  const made: OrderEvent = { type: 'PaymentRefunded', data: { paymentId: 'pay-1', refundId, amount } };
  const reversed = is === 'reversed' ? { reversed: amount } : {};
  const failed: OrderEvent = { type: 'RefundFailed', data: { refundId, reason: 'account_closed', ...reversed } };
  return [...decision.value, ...(is === 'failed' ? [] : [made]), ...(is === 'made' ? [] : [failed])];
}

const requestsIn = (events: readonly OrderEvent[]): RefundRequested['data'][] =>
  events.flatMap((event) => (event.type === 'RefundRequested' ? [event.data] : []));
const sumOf = (amounts: readonly (Money | undefined)[]) =>
  amounts.reduce((sum, amount) => sum + (amount?.amount ?? 0), 0);
const balancesAfter = (events: readonly OrderEvent[]) =>
  Object.fromEntries(
    balancesOf({ ...NO_BOOK, entries: missingEntries(streamOf(events), NO_BOOK) })
      .all()
      .filter(({ unit }) => unit === 'CNY')
      .map(({ account, amount }) => [account, amount]),
  );

test('Whatever parts a return comes in, refunds and fees are what was paid for its units, and no fee is more than its rule says', () => {
  fc.assert(
    fc.property(bought, basisPoints, fc.array(part, { maxLength: 6 }), (lines, fee, parts) => {
      let events = awaited(lines, fee);
      for (const [index, one] of parts.entries()) {
        const came = receive(events, one, `refund-${index}`, 'made');
        events = [...events, ...came];
        for (const { amount, restockingFee } of requestsIn(came)) {
          const [value, kept] = [sumOf([amount, restockingFee]), sumOf([restockingFee])];
          expect(kept).toBe(one.waivesFee ? 0 : Math.floor((value * fee) / 10_000));
          expect(amount.amount).toBeGreaterThanOrEqual(0);
        }
        const accepted = orderOf(events).returns[0]!.accepted;
        const paid = lines.map((each) => refundOfUnits(each, 0, countOf(each.sku, accepted)));
        const refunds = requestsIn(events);
        expect(sumOf(refunds.flatMap((each) => [each.amount, each.restockingFee]))).toBe(sumOf(paid));
      }
    }),
    { numRuns: 300 },
  );
});

test('Whatever becomes of the refunds, no more goes back and is kept than was paid, what was shown comes true, and the books balance', () => {
  const seen = { failed: 0, reversed: 0, kept: 0 };
  fc.assert(
    fc.property(bought, basisPoints, fc.array(fc.tuple(part, fate), { maxLength: 6 }), (lines, fee, parts) => {
      let events = awaited(lines, fee);
      for (const [index, [one, is]] of [...parts, [EVERYTHING, 'made'] as const].entries()) {
        const shown = openTerms(events);
        const came = receive(events, one, `refund-${index}`, is);
        if (one === EVERYTHING && shown !== undefined) {
          const asked = requestsIn(came);
          expect([sumOf(asked.map(({ amount }) => amount)), sumOf(asked.map((each) => each.restockingFee))]).toEqual([
            shown.refund.amount,
            shown.restockingFee.amount,
          ]);
        }
        events = [...events, ...came];
        expectBooks(events);
        for (const event of came) {
          if (event.type === 'RefundFailed') seen[event.data.reversed ? 'reversed' : 'failed'] += 1;
          if (event.type === 'RefundRequested' && event.data.restockingFee) seen.kept += 1;
        }
      }
    }),
    { numRuns: 300 },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 10]).toEqual([what, true]);
});

/** Every refund is over: what was taken back of those that failed is just what they had moved. */
function expectBooks(events: readonly OrderEvent[]): void {
  const { refunds, total } = orderOf(events);
  const made = refunds.filter(({ status }) => status === 'refunded');
  const [back, kept] = [sumOf(made.map(({ amount }) => amount)), sumOf(made.map((each) => each.restockingFee))];
  expect(back + kept).toBeLessThanOrEqual(total.amount);
  const expected = {
    'channel/card': total.amount - back,
    revenue: -total.amount,
    refunds: back + kept,
    'restocking-fees': -kept,
  };
  const moved = Object.entries(expected).filter(([, amount]) => amount !== 0);
  expect(balancesAfter(events)).toEqual(Object.fromEntries(moved));
}
