import '../../../../support/platform/function-environment.ts';
import { describe, expect, test } from 'vitest';
import { ORDER } from '../../../../../functions/published/order-log.ts';
import { changedOrderConsumer } from '../../../../../functions/shared/edge/changed-order-consumer.ts';
import { endpoint } from '../../../../../functions/shared/edge/endpoint.ts';
import { eventConsumer } from '../../../../../functions/shared/edge/event-consumer.ts';
import { scheduledHandler } from '../../../../../functions/shared/edge/scheduled.ts';
import { eventPut } from '../../../../../functions/shared/event-log/dynamodb-event-log.ts';
import { readOrderSoFar } from '../../../../../functions/shared/saga-step/order-so-far.ts';
import { stepHandler } from '../../../../../functions/shared/saga-step/step-handler.ts';
import { stepInput } from '../../../../../functions/shared/saga-step/step-input.ts';
import { currentSpan, inSpan, Span } from '../../../../../functions/shared/trace/span.ts';
import { recordingSpanIdOf, spanIdOf, traceIdOf } from '../../../../../functions/shared/trace/trace-context.ts';
import { apiEvent, lambdaContext, sqsEvent } from '../../../../support/api/invocations.ts';
import { TEST_ROUTE } from '../../../../support/api/routes.ts';
import { loggedLines } from '../../../../support/edge/logged-lines.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { HAPPY_PATH, ORDER_ID, streamOf } from '../../../../support/orders/streams.ts';

const STREAM = streamOf(HAPPY_PATH);
const [CREATED, RESERVED] = [STREAM[0]!, STREAM[1]!];
const record = (event = RESERVED) => void eventPut(ORDER, 'order-log', event);
const CLIENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('A span', () => {
  test('says how long the work and its calls took, and what had to wait', () => {
    let now = 100;
    const span = new Span({ orderId: ORDER_ID, waited: 12.4, now: () => now });
    now = 102;
    const call = span.call('carrier book');
    now = 105.24;
    call.ended('succeeded', 2);
    now = 110;
    expect(span.fields()).toMatchObject({
      ms: 10,
      waited: 12,
      parts: [{ name: 'carrier book', at: 2, ms: 3.2, outcome: 'succeeded', tries: 2 }],
    });
  });

  test('tells a partner of itself by the trace of the order', () => {
    const span = new Span({ orderId: ORDER_ID });
    const { traceparent, ended } = span.call('carrier book');
    ended('failed', 1);
    expect(traceparent).toBe(`00-${traceIdOf(ORDER_ID)}-${span.fields().parts![0]!.id}-01`);
    expect(new Span().call('carrier ask').traceparent).toBeUndefined();
  });

  test('that records events has the id that follows from them, and each further append is a part', () => {
    const span = new Span();
    inSpan(span, () => {
      record();
      record();
      record({ ...RESERVED, occurredAt: '2026-11-27T04:13:17.205Z' });
    });
    expect(span.orderId).toBe(ORDER_ID);
    expect(span.fields()).toMatchObject({ id: recordingSpanIdOf(RESERVED), parts: [{ name: 'InventoryReserved' }] });
  });

  test('for no order is part of the trace of the client, or begins one', () => {
    const client = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };
    expect(new Span({ client }).fields()).toMatchObject({ trace: client.traceId, parent: client.spanId });
    expect(new Span().fields()).toMatchObject({ trace: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  test('is that of the work that asks, also when works are side by side', async () => {
    const spans = [new Span(), new Span()];
    const found = await Promise.all(
      spans.map((span) => inSpan(span, async () => (await Promise.resolve(), currentSpan()))),
    );
    expect(found).toEqual(spans);
    expect(currentSpan()).toBeUndefined();
  });
});

describe('The line about a piece of work has its span', () => {
  const lines = () => loggedLines({ spans: true });

  test('a step: done for the event that its saga was started for', async () => {
    const [log, written] = [await InMemoryOrderLog.of(STREAM), lines()];
    const run = async () => {
      await readOrderSoFar(log, ORDER_ID);
      record();
    };
    await stepHandler(stepInput, run)({ orderId: ORDER_ID });
    const span = { id: recordingSpanIdOf(RESERVED), parent: spanIdOf(CREATED.eventId), ms: expect.any(Number) };
    expect(written).toMatchObject([{ orderId: ORDER_ID, correlationId: CREATED.correlationId, span }]);
  });

  test('a step that fails', async () => {
    const written = lines();
    const failing = stepHandler(stepInput, async () => {
      throw new Error('No.');
    });
    await expect(failing({ orderId: ORDER_ID })).rejects.toThrow('No.');
    expect(written).toMatchObject([{ level: 'ERROR', orderId: ORDER_ID, span: { ms: expect.any(Number) } }]);
  });

  test.each([
    [
      'acts on it',
      (log: InMemoryOrderLog) =>
        eventConsumer({ log, isFor: (each): each is typeof each => each.version > 0, handle: async () => {} }),
    ],
    ['reads the order', () => changedOrderConsumer(async () => STREAM)],
  ])('a consumer that %s: done for the event, after it had waited in the queue', async (_, consumer) => {
    const [log, written] = [await InMemoryOrderLog.of(STREAM), lines()];
    const batch = sqsEvent(RESERVED);
    batch.Records[0]!.attributes.SentTimestamp = String(Date.now() - 5_000);
    await consumer(log)(batch, lambdaContext());
    expect(written).toMatchObject([{ orderId: ORDER_ID, span: { parent: spanIdOf(RESERVED.eventId) } }]);
    expect((written[0]!['span'] as { waited: number }).waited).toBeGreaterThanOrEqual(5_000);
  });

  test('a command: of the trace of its order, with a link to that of the client', async () => {
    const written = lines();
    await endpoint({ ...TEST_ROUTE, method: 'POST' }, async () => {
      record(CREATED);
      return { status: 202, body: {} };
    })(apiEvent({ headers: { Traceparent: CLIENT } }), lambdaContext());
    expect(written).toMatchObject([{ orderId: ORDER_ID, span: { id: recordingSpanIdOf(CREATED), link: CLIENT } }]);
  });

  test('a question, when the client keeps the trace that it is part of, and only then', async () => {
    const written = lines();
    const ask = endpoint(TEST_ROUTE, async () => ({ status: 200, body: {} }));
    await ask(apiEvent({ headers: { traceparent: CLIENT.replace(/1$/, '0') } }), lambdaContext());
    await ask(apiEvent({ headers: { traceparent: CLIENT } }), lambdaContext());
    expect(written).toMatchObject([{ span: { trace: CLIENT.split('-')[1], parent: CLIENT.split('-')[2] } }]);
  });

  test('a scheduled run: one for each order of which it has recorded something', async () => {
    const written = lines();
    await scheduledHandler(async () => record())({ time: '2026-11-27T04:00:00Z' });
    await scheduledHandler(async () => {})({ time: '2026-11-27T04:00:00Z' });
    expect(written).toMatchObject([
      { orderId: ORDER_ID, correlationId: RESERVED.correlationId, span: { id: recordingSpanIdOf(RESERVED) } },
    ]);
  });
});
