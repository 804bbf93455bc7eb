import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { eventOf } from '../../shared/event-log/dynamodb-order-log.ts';

export interface OutboxRecord {
  readonly event: RecordedOrderEvent;
  /** Where the stream goes on from when this record fails. */
  readonly sequenceNumber: string;
}

/** The events that a batch of the log's stream says were appended. Nothing else ever happens to the log. */
export const appendedEvents = ({ Records }: DynamoDBStreamEvent): OutboxRecord[] =>
  Records.flatMap(({ eventName, dynamodb }) => {
    if (eventName !== 'INSERT' || !dynamodb?.NewImage || !dynamodb.SequenceNumber) return [];
    const item = unmarshall(dynamodb.NewImage as Record<string, AttributeValue>);
    return [{ event: eventOf(item), sequenceNumber: dynamodb.SequenceNumber }];
  });
