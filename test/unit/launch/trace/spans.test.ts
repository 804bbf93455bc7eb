import { describe, expect, test } from 'vitest';
import { assembled } from '../../../../launch/trace/assembled.ts';
import { spansOfHistory } from '../../../../launch/trace/saga-spans.ts';
import { shownTree } from '../../../../launch/trace/tree.ts';
import { at, lineOf, ORDER_ID, SPANS, spansIn, TRACE_ID } from '../../../support/trace/lines.ts';

const EXECUTION = `arn:aws:states:us-east-1:000000000000:execution:Waybill-Stateless-OrderSagaStateMachine15260A25:${ORDER_ID}`;
const HISTORY = spansOfHistory(
  EXECUTION,
  [
    { id: 1, type: 'ExecutionStarted', timestamp: at(49) },
    { id: 2, type: 'TaskStateEntered', timestamp: at(50), stateEnteredEventDetails: { name: 'AuthorisePayment' } },
    {
      id: 3,
      type: 'TaskFailed',
      timestamp: at(92),
      taskFailedEventDetails: { resource: 'invoke', resourceType: 'lambda' },
    },
    { id: 4, type: 'TaskStateExited', timestamp: at(93), stateExitedEventDetails: { name: 'AuthorisePayment' } },
    { id: 5, type: 'TaskStateEntered', timestamp: at(93), stateEnteredEventDetails: { name: 'AwaitAuthorisation' } },
  ],
  at(500).getTime(),
);

describe('The line of a function', () => {
  test('has the span of its work and of its calls, in the trace of the order', () => {
    expect(SPANS.map(({ name, kind, service, failed }) => [name, kind, service, failed])).toEqual([
      ['createOrder', 'server', 'orders', false],
      ['publish OrderCreated', 'producer', 'orders', false],
      ['start-order-saga OrderCreated', 'consumer', 'orders', false],
      ['authorise-payment', 'internal', 'payments', true],
      ['payment-gateway authorise', 'client', 'payments', true],
    ]);
    expect(new Set(SPANS.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
    const call = SPANS.at(-1)!;
    expect([call.parent, call.startMs, call.endMs]).toEqual([
      'd'.repeat(16),
      at(62.5).getTime() + 0.5,
      at(82).getTime() + 0.5,
    ]);
  });

  test('without a span has none', () => {
    expect(spansIn('create-order', lineOf(0, {}))).toEqual([]);
  });
});

describe('The trace of an order', () => {
  test('is a tree of what led to what, with the states of its sagas above the steps that were done in them', () => {
    expect(shownTree(assembled(SPANS, HISTORY)).map((line) => line.replaceAll(/ {2,}/g, '  ').trim())).toEqual([
      "0.0 ms  15.0 ms  createOrder  create-order · 202 · waited 5.0 ms · client's trace 4bf92f3577b34da6a3ce929d0e0e4736",
      '32.0 ms  3.0 ms  └ publish OrderCreated  relay-order-events · waited 17.0 ms',
      '40.5 ms  4.5 ms  └ start-order-saga OrderCreated  start-order-saga · waited 2.0 ms',
      '44.0 ms  451.0 ms  └ OrderSaga  sagas',
      '45.0 ms  43.0 ms  ├ ✗ AuthorisePayment  OrderSaga',
      '55.0 ms  30.0 ms  │ └ ✗ authorise-payment  payments · PaymentGatewayUnavailable',
      '57.5 ms  20.0 ms  │  └ ✗ payment-gateway authorise  authorise-payment · failed · 2',
      '88.0 ms  407.0 ms  └ AwaitAuthorisation  OrderSaga',
    ]);
  });

  test('is what the logs alone say when no saga tells of itself', () => {
    const lines = shownTree(assembled(SPANS, []));
    expect(lines).toHaveLength(SPANS.length);
    expect(lines.filter((line) => / {2}createOrder/.test(line))).toHaveLength(1);
  });

  test('loses nothing whose parent is unknown, or is its own child', () => {
    const [first, ...others] = SPANS;
    expect(shownTree(others)).toHaveLength(others.length);
    expect(shownTree([{ ...first!, parent: first!.id }, ...others]).length).toBeGreaterThanOrEqual(others.length);
    expect(shownTree([])).toEqual([]);
  });
});
