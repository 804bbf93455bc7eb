import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';

/** A record as the streams API gives it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly userIdentity?: { readonly PrincipalId: string; readonly Type: string };
  readonly dynamodb: JsonObject & {
    readonly SequenceNumber: string;
    /** In seconds; DynamoDB Local rounds it down to the minute. */
    readonly ApproximateCreationDateTime: number;
  };
}

export const sequenceNumberOf = (record: StreamRecord): string => record.dynamodb.SequenceNumber;

/** The record as Lambda hands it to a function. */
export function lambdaRecord(record: StreamRecord, streamArn: string, region: string): JsonObject {
  const { eventID, eventName, eventVersion, dynamodb, userIdentity } = record;
  return {
    eventID,
    eventName,
    eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb,
    eventSourceARN: streamArn,
    ...present({
      userIdentity: userIdentity && { principalId: userIdentity.PrincipalId, type: userIdentity.Type },
    }),
  };
}
