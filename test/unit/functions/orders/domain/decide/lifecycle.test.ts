/** Which status knows which command: `LIFECYCLE` has the table; here is what holds it, when compiled and when run. */
import { describe, expect, test } from 'vitest';
import { DECIDERS, decide } from '../../../../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import type { OrderIn } from '../../../../../../functions/orders/domain/state.ts';
import { problemOfBusRefusal } from '../../../../../../functions/orders/http/problems-of-refusals.ts';
import { ORDER_STATUSES } from '../../../../../../functions/published/order-events.ts';
import { commandOf, LIFECYCLE, PAIRS, type Row, STREAMS } from '../../../../../support/orders/lifecycle.ts';
import { ORDER_ID, streamOf } from '../../../../../support/orders/streams.ts';

describe('The table of the lifecycle', () => {
  test('covers every status, and has a stream that leads there', () => {
    expect(new Set(PAIRS.map(({ status }) => status))).toEqual(new Set(ORDER_STATUSES));
    for (const status of ORDER_STATUSES) expect(fold(streamOf(STREAMS[status])).status).toBe(status);
  });

  test.each(PAIRS.filter(({ isKnown }) => !isKnown))(
    'refuses $command of an order that is $status, and names both states',
    ({ command, status }) => {
      const { allowedIn, to } = DECIDERS[command];
      const refusal = { kind: 'illegal-transition', command, from: status, to, allowedIn } as const;
      expect(allowedIn).not.toContain(status);
      expect(decide(fold(streamOf(STREAMS[status])), commandOf(command))).toEqual({ ok: false, refusal });
      const { kind, message } = problemOfBusRefusal(ORDER_ID, refusal);
      expect(kind).toBe('illegal-transition');
      expect(message).toContain(`The order is ${status};`);
      expect(message).toContain(`only while it is ${allowedIn.join(', ')}.`);
    },
  );

  test.each(PAIRS.filter(({ isKnown }) => isKnown))(
    'lets $command be decided on an order that is $status',
    ({ command, status }) => {
      expect(DECIDERS[command].allowedIn).toContain(status);
      // What else the decider wants of the order is its own test's matter.
      expect(decide(fold(streamOf(STREAMS[status])), commandOf(command))).not.toMatchObject({
        refusal: { kind: 'illegal-transition' },
      });
    },
  );

  test.each(Object.keys(LIFECYCLE) as (keyof typeof LIFECYCLE)[])('%s needs an order', (command) => {
    expect(decide(fold([]), commandOf(command))).toMatchObject({
      ok: false,
      refusal: { kind: 'illegal-transition', command, from: 'none' },
    });
  });
});

/** Never called: the compiler is the test. Each line below an `@ts-expect-error` must not compile, or the type check fails. */
export function whatDoesNotCompile(
  held: OrderIn<'held'>,
  processing: OrderIn<'processing'>,
  cancelled: OrderIn<'cancelled'>,
): void {
  DECIDERS.ApproveOrder.decide(held, commandOf('ApproveOrder'));
  // @ts-expect-error an order that is cancelled cannot be approved
  DECIDERS.ApproveOrder.decide(cancelled, commandOf('ApproveOrder'));
  // @ts-expect-error what has not left the house cannot be delivered
  DECIDERS.DeliverOrder.decide(processing, commandOf('DeliverOrder'));
  // @ts-expect-error nor does a decider take the command of another
  DECIDERS.ApproveOrder.decide(held, commandOf('RejectOrder'));

  const isShipped = ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'no', 'no', 'no', 'no', 'no'] as const;
  isShipped satisfies Row<'ShipOrder'>;
  // @ts-expect-error a row that forbids what a decider takes
  isShipped satisfies Row<'RefundOrder'>;
  // @ts-expect-error a row that allows what no decider takes
  isShipped satisfies Row<'DeliverOrder'>;

  processing.shipment.trackingNumber satisfies string;
  // @ts-expect-error only what is arranged has a tracking number
  void held.shipment.trackingNumber;
  // @ts-expect-error only what is cancelled, or about to be, has a reason
  void processing.reason;
}
