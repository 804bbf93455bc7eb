import type { ServerResponse } from 'node:http';
import { AwsError, type JsonObject } from '../contracts.ts';

export type JsonService = 'dynamodb' | 'states' | 'events' | 'sqs';

/** An operation as a request names it. */
export interface Call {
  /** With the prefix that policies give the service's actions. */
  readonly service: JsonService;
  readonly operation: string;
  /** As sent, such as `DynamoDB_20120810.PutItem`. */
  readonly target: string;
}

/** The services that speak AWS's JSON protocols, by the first part of `X-Amz-Target`. */
const SERVICES: Readonly<Record<string, JsonService>> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
};

/** @throws AwsError `UnknownOperationException` for a service that this runtime does not have */
export function callOf(target: string): Call {
  const [prefix = '', operation = ''] = target.split('.');
  const service = SERVICES[prefix];
  if (service === undefined) throw new AwsError('UnknownOperationException', `The runtime has no service behind ${target}.`);
  return { service, operation, target };
}

/** @throws AwsError `SerializationException` */
export function parseInput(body: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(body.length === 0 ? '{}' : body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Answered below, like any other value that is no object.
  }
  throw new AwsError('SerializationException', 'The request is no JSON object.');
}

/** Answers in the version of the protocol that the request is in: EventBridge's is 1.1, the others' 1.0. */
export function sendJson(response: ServerResponse, status: number, content: JsonObject, contentType = 'application/json'): void {
  const body = JSON.stringify(content);
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** SQS's errors whose code in the older query protocol is another one; clients show that code. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** An error as SDK clients read it: its code in the body and in headers. */
export function sendError(response: ServerResponse, { code, message, status }: AwsError, service: JsonService | undefined, contentType?: string): void {
  response.setHeader('x-amzn-errortype', code);
  if (service === 'sqs') response.setHeader('x-amzn-query-error', `${QUERY_CODES[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}`);
  sendJson(response, status, { __type: code, message }, contentType);
}
