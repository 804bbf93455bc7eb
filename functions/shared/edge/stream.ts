import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { reported } from './faults.ts';

/**
 * The middleware of a function behind a table's stream. What it throws fails the batch, which comes again, in halves,
 * until it goes through or the stream's dead-letter queue gets it.
 */
export const streamHandler =
  (handle: (stream: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>) =>
  async (stream: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    try {
      return await handle(stream);
    } catch (error) {
      throw reported(error, 'A batch of the stream comes again.', { records: stream.Records.length });
    }
  };
