import type { InvocationResult, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { StreamMapping } from './stream-mapping.ts';
import { type StreamRecord, sequenceNumberOf } from './stream-record.ts';

export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface DiscardedBatch {
  readonly condition: DiscardCondition;
  readonly records: readonly StreamRecord[];
  /** Invocations that the first record took part in. */
  readonly attempts: number;
  readonly mapping: StreamMapping;
  readonly shardId: string;
  readonly requestId: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
  /** Of the last invocation, if there was one. */
  readonly result?: InvocationResult;
}

/** What Lambda sends to an on-failure destination: the position of the records, not the records. */
export function onFailureRecord({
  condition,
  records,
  attempts,
  mapping,
  shardId,
  requestId,
  now,
  result,
}: DiscardedBatch): JsonObject {
  const [first, last] = [records[0]!, records.at(-1)!];
  return {
    requestContext: { requestId, functionArn: mapping.functionArn, condition, approximateInvokeCount: attempts },
    ...present({
      responseContext: result && {
        statusCode: result.statusCode,
        executedVersion: result.executedVersion,
        ...present({ functionError: result.functionError }),
      },
    }),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: sequenceNumberOf(first),
      endSequenceNumber: sequenceNumberOf(last),
      approximateArrivalOfFirstRecord: arrivalOf(first),
      approximateArrivalOfLastRecord: arrivalOf(last),
      batchSize: records.length,
      streamArn: mapping.tableStreamArn,
    },
  };
}

const arrivalOf = ({ dynamodb }: StreamRecord): string =>
  new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString();
