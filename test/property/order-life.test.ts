import { describe, expect, test } from 'vitest';
import { decide as decideOn } from '../../functions/orders/domain/decide/decide.ts';
import { evolve, fold } from '../../functions/orders/domain/evolve.ts';
import { viewOf } from '../../functions/orders/domain/order-view.ts';
import { publish } from '../../functions/orders/domain/published.ts';
import type { ExistingOrder, Order } from '../../functions/orders/domain/state.ts';
import { CANCELLATION_REASONS, COMPENSATIONS, type OrderEvent } from '../../functions/published/order-events.ts';
import { ANYTIME, created, EVENTS, HAPPY_PATH, ORDER_ID, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const { confirmed: _confirmed, cancelled, parked, opened, resolved, ...facts } = EVENTS;
/** A refund of all that was taken ends a confirmed order. */
const { refunded: _refunded, ...lateFacts } = facts;
const fact = fc.constantFrom<OrderEvent>(...Object.values(facts));
const anyEvent = fc.constantFrom<OrderEvent>(...ANYTIME);
/** Facts in any order, also in one that no saga produces, since facts cannot be refused; and often in the right order. */
const openStream = fc.oneof(
  fc.array(fact, { maxLength: 12 }).map((events): OrderEvent[] => [created(), ...events]),
  fc.constant(HAPPY_PATH.slice(0, -1)),
);
const anyStream = fc.array(anyEvent, { maxLength: 12 }).map((events): OrderEvent[] => [created(), ...events]);

const failures = fc.array(fc.record({ step: fc.constantFrom(...COMPENSATIONS), error: fc.string() }), { maxLength: 3 });
const cancelCommand = fc.record({
  reason: fc.constantFrom(...CANCELLATION_REASONS),
  unfinished: failures,
  parked: failures.map((failed) => failed.map((each) => ({ ...each, dueAt: '2026-01-02T07:04:05.000Z' }))),
});
const confirm = (order: Order) => decideOn(order, { type: 'ConfirmOrder', orderId: ORDER_ID });
const existing = (events: readonly OrderEvent[]) => fold(streamOf(events)) as ExistingOrder;

describe('An order folded from its stream', () => {
  test('is the same whether it is folded at once or from half-way', () => {
    fc.assert(
      fc.property(anyStream, fc.nat(), (events, at) => {
        const stream = streamOf(events);
        const half = 1 + (at % stream.length);
        expect(stream.slice(half).reduce<Order>(evolve, fold(stream.slice(0, half)))).toEqual(fold(stream));
      }),
    );
  });

  test('ends at the version and the time of its last event and never loses its lines or its total', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        const { lines, total } = created().data;
        const last = streamOf(events).at(-1)!;
        expect(existing(events)).toMatchObject({ version: last.version, updatedAt: last.occurredAt, lines, total });
      }),
    );
  });

  test('is not changed by folding: states are values', () => {
    fc.assert(
      fc.property(anyStream, anyEvent, (events, next) => {
        const order = existing(events);
        const before = structuredClone(order);
        evolve(order, streamOf([...events, next]).at(-1)!);
        expect(order).toEqual(before);
      }),
    );
  });

  test('shows a reason exactly when it is cancelled, and is parked exactly when an operator has something to do', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        const view = viewOf(existing(events));
        expect(view.reason !== undefined).toBe(view.status === 'cancelled');
        const last = events.findLast(({ type }) => [parked.type, opened.type, resolved.type].includes(type as never));
        expect(view.parked).toBe(last !== undefined && last.type !== 'TaskResolved');
      }),
    );
  });
});

describe('Whatever happened to an order', () => {
  test('it is confirmed or cancelled once, and neither follows the other', () => {
    fc.assert(
      fc.property(openStream, cancelCommand, (events, command) => {
        const cancel = (order: Order) => decideOn(order, { type: 'CancelOrder', orderId: ORDER_ID, ...command });
        for (const [decide, opposite, status] of [
          [confirm, cancel, 'processing'],
          [cancel, confirm, 'cancelled'],
        ] as const) {
          const decision = decide(existing(events));
          if (!decision.ok) continue;
          const after = existing([...events, ...decision.value]);
          expect(after.status).toBe(status);
          expect(decide(after)).toEqual({ ok: true, value: [] });
          expect(opposite(after)).toMatchObject({ ok: false, refusal: { kind: 'illegal-transition', from: status } });
        }
      }),
    );
  });

  test('it is never confirmed unless its money is captured and its shipment arranged', () => {
    fc.assert(
      fc.property(openStream, (events) => {
        const order = existing(events);
        const complete = order.payment.status === 'captured' && order.shipment.status === 'arranged';
        if (!complete) expect(confirm(order).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('an order that has ended stays so after late facts', () => {
    const ended = fc.oneof(
      openStream.map((before) => [...before, cancelled]),
      fc.constant(HAPPY_PATH),
    );
    const late = fc.array(fc.constantFrom<OrderEvent>(...Object.values(lateFacts), parked, opened, resolved));
    fc.assert(
      fc.property(ended, late, (stream, facts) => {
        expect(existing([...stream, ...facts]).status).toBe(existing(stream).status);
      }),
    );
  });

  test('what leaves the log holds neither address nor token', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        const text = JSON.stringify(streamOf(events).map(publish));
        expect(text).not.toMatch(/Nanjing|Li Wei|tok_ok|200000|requestHash/);
      }),
    );
  });
});
