import { AwsError, type EndpointAnswer, type EndpointRequest, type JsonObject } from '../contracts.ts';

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
  if (service === undefined) {
    throw new AwsError('UnknownOperationException', `The runtime has no service behind ${target}.`);
  }
  return { service, operation, target };
}

/** A header that is sent once, by its name in lower case. */
export function headerOf({ headers }: Pick<EndpointRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** @throws AwsError `SerializationException` */
export function parseInput(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Answered below, like any other value that is no object.
  }
  throw new AwsError('SerializationException', 'The request is no JSON object.');
}

/** An answer in the version of the protocol that the request is in: EventBridge's is 1.1, the others' 1.0. */
export const jsonAnswer = (status: number, content: JsonObject, contentType = 'application/json'): EndpointAnswer => ({
  status,
  headers: { 'content-type': contentType },
  body: JSON.stringify(content),
});

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
export function errorAnswer({ code, message, status }: AwsError, request: EndpointRequest): EndpointAnswer {
  const { headers, body } = jsonAnswer(status, { __type: code, message }, headerOf(request, 'content-type'));
  const queryError = isForSqs(request)
    ? { 'x-amzn-query-error': `${QUERY_CODES[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}` }
    : {};
  return { status, headers: { ...headers, 'x-amzn-errortype': code, ...queryError }, body };
}

const isForSqs = (request: EndpointRequest): boolean =>
  headerOf(request, 'x-amz-target')?.startsWith('AmazonSQS.') === true;
