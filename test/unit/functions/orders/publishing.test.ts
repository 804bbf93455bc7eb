import { ORDER } from '../../../../functions/published/order-log.ts';
import '../../../support/platform/function-environment.ts';
import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { makeHandler } from '../../../../functions/orders/relay-order-events.ts';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { eventPut } from '../../../../functions/shared/event-log/dynamodb-event-log.ts';
import { EventBridgePublisher } from '../../../../functions/shared/event-log/event-bridge-publisher.ts';
import { created, EVENTS, HAPPY_PATH, streamOf } from '../../../support/orders/streams.ts';

type Entry = NonNullable<PutEventsCommand['input']['Entries']>[number];

/** EventBridge as the SDK shows it; it does not take the events whose ids are in `refused`. */
function bus(refused: readonly string[] = []) {
  const calls: Entry[][] = [];
  const send = async ({ input }: PutEventsCommand) => {
    const entries = input.Entries ?? [];
    calls.push(entries);
    const results = entries.map(({ Detail }) =>
      refused.includes((JSON.parse(Detail!) as RecordedOrderEvent).eventId)
        ? { ErrorCode: 'InternalFailure' }
        : { EventId: 'x' },
    );
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };
  return {
    calls,
    publisher: new EventBridgePublisher('bus', 'waybill.orders', { send } as unknown as EventBridgeClient),
  };
}

const record = (event: RecordedOrderEvent, eventName: 'INSERT' | 'MODIFY' | 'REMOVE' = 'INSERT'): DynamoDBRecord => ({
  eventName,
  dynamodb: {
    SequenceNumber: `seq-${event.version}`,
    NewImage: marshall(eventPut(ORDER, 'order-log', event).Item, { removeUndefinedValues: true }) as never,
  },
});
const outbox = (...events: readonly RecordedOrderEvent[]): DynamoDBStreamEvent => ({
  Records: events.map((event) => record(event)),
});
const stream = streamOf(HAPPY_PATH);
const long = streamOf([created(), ...Array.from({ length: 24 }, () => EVENTS.reserved)]).map((event) => ({
  ...event,
  eventId: `event-${event.version}` as RecordedOrderEvent['eventId'],
}));

describe('The relay', () => {
  test('publishes what was appended, as events of the orders, in order', async () => {
    const { calls, publisher } = bus();
    expect(await makeHandler({ publisher })(outbox(...stream))).toEqual({ batchItemFailures: [] });
    const entries = calls.flat();
    expect(entries.map(({ Source, DetailType, EventBusName }) => [Source, DetailType, EventBusName])).toEqual(
      HAPPY_PATH.map(({ type }) => ['waybill.orders', type, 'bus']),
    );
    const { eventId, orderId, version, type, occurredAt, correlationId, causationId, actor, data } = stream[1]!;
    expect(JSON.parse(entries[1]!.Detail!)).toEqual({
      eventId,
      orderId,
      version,
      type,
      occurredAt,
      correlationId,
      causationId,
      actor,
      data,
    });
  });

  test('leaves personal data behind', async () => {
    const { calls, publisher } = bus();
    await makeHandler({ publisher })(outbox(...stream));
    expect(JSON.stringify(calls)).not.toMatch(/Nanjing|Li Wei|tok_ok|requestHash/);
  });

  test('hands over at most ten events a call', async () => {
    const { calls, publisher } = bus();
    await makeHandler({ publisher })(outbox(...long));
    expect(calls.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  test('goes on from the first event that the bus did not take, so that nothing is lost or overtaken for good', async () => {
    const { calls, publisher } = bus(['event-13', 'event-15']);
    expect(await makeHandler({ publisher })(outbox(...long))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'seq-13' }],
    });
    expect(calls).toHaveLength(2);
  });

  test('passes over records that append nothing', async () => {
    const { calls, publisher } = bus();
    expect(await makeHandler({ publisher })({ Records: [record(stream[0]!, 'REMOVE')] })).toEqual({
      batchItemFailures: [],
    });
    expect(calls).toEqual([]);
  });

  test('fails as a whole when the bus is out of reach, so that the batch comes again', async () => {
    const publisher = new EventBridgePublisher('bus', 'waybill.orders', {
      send: async () => {
        throw new Error('no bus');
      },
    } as unknown as EventBridgeClient);
    await expect(makeHandler({ publisher })(outbox(...stream))).rejects.toThrow('no bus');
  });
});
