import { describe, expect, test } from 'vitest';
import { streamMapping } from '../../../../local/dynamodb/event-source.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/log/stream/2026';

describe('A mapping from a stream', () => {
  test('has Lambda’s presets: every record is retried for ever', () => {
    expect(streamMapping({ EventSourceArn: STREAM, FunctionName: 'work', StartingPosition: 'LATEST' })).toEqual({
      tableStreamArn: STREAM,
      batchSize: 100,
      startingPosition: 'LATEST',
      bisect: false,
      maxRetries: -1,
      maxAgeMs: -1,
      reportBatchItemFailures: false,
    });
  });

  test('has what the template says', () => {
    expect(
      streamMapping({
        EventSourceArn: STREAM,
        FunctionName: 'work',
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 7,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 0,
        MaximumRecordAgeInSeconds: 60,
        DestinationConfig: { OnFailure: { Destination: QUEUE } },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      }),
    ).toMatchObject({
      startingPosition: 'TRIM_HORIZON',
      batchSize: 7,
      bisect: true,
      maxRetries: 0,
      maxAgeMs: 60_000,
      onFailureArn: QUEUE,
      reportBatchItemFailures: true,
      filters: [{ eventName: ['INSERT'] }],
    });
  });
});
