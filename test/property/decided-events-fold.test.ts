import { expect, test } from 'vitest';
import { DECIDERS, decide, type OrderCommandType } from '../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { commandOf } from '../support/orders/lifecycle.ts';
import { ANYTIME, created, EVENTS, HAPPY_PATH, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const COMMANDS = Object.keys(DECIDERS) as OrderCommandType[];
const { paymentId, amount } = EVENTS.captured.data;
/** Money that goes back as a whole, comes again, and goes back once more: at any moment, as nobody decides it. */
const REFUNDS: readonly OrderEvent[] = [
  { type: 'PaymentRefunded', data: { paymentId, amount } },
  { type: 'PaymentRefunded', data: { paymentId, amount: money(1, amount.currency), refundId: 'refund-1' } },
  { type: 'RefundFailed', data: { refundId: 'refund-1', reason: 'closed', reversed: amount } },
];
const FACTS = [...ANYTIME, ...REFUNDS];

/** A command that somebody gives, or a fact that a step records, whatever the order has come to. */
const moves = fc.array(fc.oneof(fc.constantFrom(...COMMANDS), fc.constantFrom<OrderEvent>(...FACTS)), {
  maxLength: 25,
});
const begins = fc.constantFrom<readonly OrderEvent[]>([created()], HAPPY_PATH.slice(0, -1), HAPPY_PATH);

test('Whatever an order has come to, what is decided about it can be folded into it: also after all of its payment went back', () => {
  const decided = new Set<string>();
  fc.assert(
    fc.property(begins, moves, (begin, life) => {
      let events = [...begin];
      for (const move of life) {
        if (typeof move !== 'string') {
          events = [...events, move];
          continue;
        }
        const order = fold(streamOf(events));
        const decision = decide(order, commandOf(move));
        if (!decision.ok) continue;
        for (const { type } of decision.value) decided.add(`${type} in ${order.status}`);
        events = [...events, ...decision.value];
      }
      expect(() => fold(streamOf(events))).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
  expect([...decided]).toEqual(
    expect.arrayContaining([
      'OrderConfirmed in payment_completed',
      'OrderShipped in processing',
      'OrderDelivered in shipped',
    ]),
  );
  expect([...decided].filter((each) => /^(OrderShipped|OrderDelivered) in refunded$/.test(each))).toEqual([]);
});
