import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { OrderConfirmed, RecordedOrderEvent } from '../../../../../functions/published/order-events.ts';
import { changedOrderConsumer } from '../../../../../functions/shared/edge/changed-order-consumer.ts';
import { eventConsumer } from '../../../../../functions/shared/edge/event-consumer.ts';
import { logger } from '../../../../../functions/shared/edge/logger.ts';
import type { EventId } from '../../../../../functions/shared/kernel/ids.ts';
import { lambdaContext, receivedAgain } from '../../../../support/api/invocations.ts';
import { loggedLines } from '../../../../support/edge/logged-lines.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { HAPPY_PATH, newEvent, ORDER_ID, streamOf } from '../../../../support/orders/streams.ts';

const STREAM = streamOf(HAPPY_PATH);
const CONFIRMED = STREAM.at(-1)!;
const DONE = { batchItemFailures: [] };
const COMES_AGAIN = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

let log: InMemoryOrderLog;
let handled: RecordedOrderEvent[];
let lines: unknown[];
let refused: number;

beforeEach(async () => {
  log = await InMemoryOrderLog.of(STREAM);
  handled = [];
  lines = [];
  refused = 0;
  vi.spyOn(logger, 'error').mockImplementation((...line: unknown[]) => void lines.push(line));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    if (String(line).includes('"EventsRefused":1')) refused += 1;
    return true;
  });
});

const consume = (event: RecordedOrderEvent, attempt = 1) =>
  eventConsumer({
    log,
    isFor: (each): each is RecordedOrderEvent<OrderConfirmed> => each.type === 'OrderConfirmed',
    handle: async (each) => void handled.push(each),
  })(receivedAgain(attempt, event), lambdaContext());

/** The event with other words than the log has. */
const saying = (over: object): RecordedOrderEvent => ({ ...CONFIRMED, ...over });

describe('A consumer that acts on events', () => {
  test('gets the event as the log has it, and nothing else that the message says', async () => {
    const forged = saying({ data: { customerId: 'the forger' }, occurredAt: '2999-01-01T00:00:00.000Z' });
    expect(await consume(forged)).toEqual(DONE);
    expect(handled).toEqual([CONFIRMED]);
    expect(refused).toBe(0);
  });

  test.each([
    ['another id', saying({ eventId: randomUUID() })],
    ['another type', saying({ type: 'OrderCancelled' })],
    ['the place of another event', saying({ version: 2 })],
  ])('refuses %s at once, and logs no more than ids', async (_, forged) => {
    expect(await consume(saying({ ...forged, data: { customer: 'Li Wei' } }))).toEqual(DONE);
    expect([handled, refused]).toEqual([[], 1]);
    expect(lines).toEqual([
      [
        expect.stringContaining('not what the log of its order says'),
        {
          orderId: ORDER_ID,
          correlationId: CONFIRMED.correlationId,
          version: forged.version,
          eventId: forged.eventId,
          type: forged.type,
        },
      ],
    ]);
  });

  test('leaves a line with ids about each message that it has handled', async () => {
    const written = loggedLines();
    await consume(saying({ data: { customer: 'Li Wei' } }));
    expect(written).toEqual([
      {
        level: 'INFO',
        message: 'A message is handled.',
        orderId: ORDER_ID,
        correlationId: CONFIRMED.correlationId,
        type: 'OrderConfirmed',
      },
    ]);
  });

  test('sees an event again that the log does not have yet', async () => {
    log = await InMemoryOrderLog.of(STREAM.slice(0, -1));
    expect(await consume(CONFIRMED)).toEqual(COMES_AGAIN);
    await log.append(ORDER_ID, CONFIRMED.version - 1, [CONFIRMED]);
    expect(await consume(CONFIRMED, 2)).toEqual(DONE);
    expect([handled, refused]).toEqual([[CONFIRMED], 0]);
  });

  test.each([
    [4, COMES_AGAIN, 0],
    [5, COMES_AGAIN, 1],
    [6, DONE, 1],
  ])('does not see an event for ever that the log never has: attempt %i', async (attempt, answer, counted) => {
    expect(await consume(saying({ version: 7 }), attempt)).toEqual(answer);
    expect([handled, refused]).toEqual([[], counted]);
  });

  test('sends an event back that it is not for, since a rule may be newer than it', async () => {
    expect(await consume(STREAM[0]!)).toEqual(COMES_AGAIN);
    expect([handled, refused]).toEqual([[], 1]);
  });

  test.each([
    ['no order', { orderId: 'x' }],
    ['no place', { version: 0 }],
    ['a type with words in it', { type: 'Li Wei' }],
    ['a correlation id with words in it', { correlationId: 'Li Wei' }],
  ])('sends a message back that names %s', async (_, over) => {
    expect(await consume(saying(over))).toEqual(COMES_AGAIN);
    expect(handled).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain('Li Wei');
  });
});

describe('A consumer that only needs to know that an order changed', () => {
  const changed = (...events: readonly RecordedOrderEvent[]) =>
    changedOrderConsumer(
      () => log.readLast(ORDER_ID, 3),
      async (all) => void handled.push(...all.map(({ event }) => event as RecordedOrderEvent)),
    )(receivedAgain(1, ...events), lambdaContext());

  test('hears of the events that the log has, with the times that it has', async () => {
    expect(await changed(saying({ occurredAt: '2999-01-01T00:00:00.000Z' }), STREAM[4]!)).toEqual(DONE);
    expect(handled.map(({ version, occurredAt }) => [version, occurredAt])).toEqual([
      [6, CONFIRMED.occurredAt],
      [5, STREAM[4]!.occurredAt],
    ]);
  });

  test('hears of each with the stream as it was read', async () => {
    const versions: number[][] = [];
    const consumer = changedOrderConsumer(
      () => log.readLast(ORDER_ID, 3),
      async (all) => void versions.push(...all.map(({ stream }) => stream.map(({ version }) => version))),
    );
    await consumer(receivedAgain(1, STREAM[4]!), lambdaContext());
    expect(versions).toEqual([[4, 5, 6]]);
  });

  test('counts what contradicts the log, and does not hear of it', async () => {
    expect(await changed(saying({ eventId: randomUUID() as EventId }))).toEqual(DONE);
    expect([handled, refused]).toEqual([[], 1]);
  });

  test('sees an event again that the log does not have yet, and nothing of one that is older than what it has read', async () => {
    const next: RecordedOrderEvent = { ...newEvent({ type: 'OrderShipped', data: {} }), orderId: ORDER_ID, version: 7 };
    expect(await changed(next, STREAM[0]!)).toEqual(COMES_AGAIN);
    expect([handled, refused]).toEqual([[], 0]);
  });
});
