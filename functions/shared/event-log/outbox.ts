/** The stream of the log's table is the outbox: what was appended to the log becomes known on the bus. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../edge/logger.ts';
import type { Event, RecordedEvent } from '../kernel/events.ts';
import { isOfOrder, type SpanFields } from '../trace/span.ts';
import { recordingSpanIdOf, spanIdOf } from '../trace/trace-context.ts';
import type { Aggregate } from './aggregate.ts';
import type { EventPublisher, PublishedEvent } from './port.ts';
import { upcast } from './upcast.ts';

interface OutboxRecord<E extends Event, IdField extends string, Id extends string> {
  readonly event: RecordedEvent<E, IdField, Id>;
  /** The position at which the stream continues when this record fails. */
  readonly sequenceNumber: string;
}

/** The events that a batch of the table's stream says were appended. Nothing else ever happens to the log. */
const appendedEvents = <E extends Event, IdField extends string, Id extends string>(
  aggregate: Aggregate<E, IdField, Id>,
  { Records }: DynamoDBStreamEvent,
): OutboxRecord<E, IdField, Id>[] =>
  Records.flatMap(({ eventName, dynamodb }) => {
    if (eventName !== 'INSERT' || !dynamodb?.NewImage || !dynamodb.SequenceNumber) return [];
    const item = unmarshall(dynamodb.NewImage as Record<string, AttributeValue>);
    return [{ event: upcast(aggregate, item), sequenceNumber: dynamodb.SequenceNumber }];
  });

export interface RelayDeps<E extends Event, IdField extends string, Id extends string> {
  readonly aggregate: Aggregate<E, IdField, Id>;
  /** The event as the bus may show it. */
  readonly publish: (event: RecordedEvent<E, IdField, Id>) => PublishedEvent;
  readonly publisher: EventPublisher;
}

/**
 * Relays a batch of the outbox to the bus, in order, at least once. Answers from which record on the batch is to come again.
 * @throws UnknownEventVersion when only newer code can read an event
 */
export async function relay<E extends Event, IdField extends string, Id extends string>(
  { aggregate, publish, publisher }: RelayDeps<E, IdField, Id>,
  stream: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  const records = appendedEvents(aggregate, stream);
  const begunAt = Date.now();
  const [refused] = await publisher.publish(records.map(({ event }) => publish(event)));
  const end =
    refused === undefined ? records.length : records.findIndex(({ event }) => event.eventId === refused.eventId);
  for (const { event } of records.slice(0, end)) {
    logger.info('An event is on the bus.', { ...about(aggregate, event), ...spanOf(event, begunAt) });
  }
  const next = records[end];
  if (next === undefined) return { batchItemFailures: [] };
  logger.error('The bus did not take an event; the relay goes on from it.', about(aggregate, next.event));
  return { batchItemFailures: [{ itemIdentifier: next.sequenceNumber }] };
}

const about = <E extends Event, IdField extends string, Id extends string>(
  { idField }: Aggregate<E, IdField, Id>,
  event: RecordedEvent<E, IdField, Id>,
): Readonly<Record<string, unknown>> => ({
  [idField]: event[idField],
  type: event.type,
  version: event.version,
  eventId: event.eventId,
  correlationId: event.correlationId,
});

/** The span of an event's way to the bus, as everybody who has the event can tell: what recorded it led to it, and what is done for it follows. */
const spanOf = <Recorded extends RecordedEvent<Event, string, string>>(
  event: Recorded,
  begunAt: number,
): { readonly span?: SpanFields } => {
  if (!isOfOrder(event)) return {};
  const ms = Date.now() - begunAt;
  const waited = Math.max(0, begunAt - Date.parse(event.occurredAt));
  return { span: { id: spanIdOf(event.eventId), parent: recordingSpanIdOf(event), ms, waited } };
};
