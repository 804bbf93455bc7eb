import type { AwsError } from '../contracts.ts';

/** Errors whose code in the older query protocol is another one; clients show that code. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueNameExists: 'QueueAlreadyExists',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** The value of `x-amzn-query-error`: the code in the query protocol, and whose fault the error is. */
export const queryErrorOf = ({ code, status }: AwsError): string =>
  `${QUERY_CODES[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}`;
