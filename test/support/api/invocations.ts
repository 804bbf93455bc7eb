/** What AWS hands to functions, for tests. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, SQSEvent, SQSRecord } from 'aws-lambda';
import type { RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import type { Caller, Customer, Operator } from '../../../functions/shared/http/caller.ts';
import type { Scope } from '../../../functions/shared/http/route.ts';
import type { CustomerId } from '../../../functions/shared/kernel/ids.ts';

export const lambdaContext = (over: Partial<Context> = {}): Context => ({
  functionName: 'test',
  functionVersion: '1',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
  logGroupName: 'test',
  logStreamName: 'test',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
  ...over,
});

export const customer = (id = 'C1', over: { readonly email?: string; readonly name?: string } = {}): Customer => ({
  type: 'customer',
  id: id as CustomerId,
  ...over,
});

export const operator = (...scopes: readonly Scope[]): Operator => ({ type: 'operator', id: 'O1', scopes });

/** The caller as the authoriser tells functions, where they find it. */
export function authorizerContext(caller: Caller): Record<string, string> {
  if (caller.type === 'operator') return { principalId: caller.id, role: 'operator', scope: caller.scopes.join(' ') };
  const { type: role, id: principalId, ...known } = caller;
  return { principalId, role, ...known };
}

interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly orderId?: string;
  /** On top of the order id. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  /** @default the customer C1 */
  readonly caller?: Caller;
}

/** A request as API Gateway REST hands it to a proxy integration. */
export const apiEvent = ({
  method = 'GET',
  path = '/api/v1/orders',
  orderId,
  pathParameters,
  query,
  headers = {},
  body,
  caller = customer(),
}: Request): APIGatewayProxyEvent => ({
  httpMethod: method,
  path,
  resource: path,
  headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
  multiValueHeaders: {},
  queryStringParameters: query ?? null,
  multiValueQueryStringParameters: null,
  pathParameters:
    orderId === undefined && pathParameters === undefined
      ? null
      : { ...pathParameters, ...(orderId === undefined ? {} : { orderId }) },
  stageVariables: null,
  isBase64Encoded: false,
  body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  requestContext: { authorizer: authorizerContext(caller) } as unknown as APIGatewayProxyEvent['requestContext'],
});

export const bodyOf = (answer: APIGatewayProxyResult): Record<string, unknown> =>
  JSON.parse(answer.body) as Record<string, unknown>;

/** A message as Lambda hands it over for the `attempt`-th time. */
export const sqsRecord = ({
  id,
  receipt,
  body,
  attempt,
}: {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly attempt: number;
}): SQSRecord => ({
  messageId: id,
  receiptHandle: receipt,
  body,
  attributes: {
    ApproximateReceiveCount: String(attempt),
    SentTimestamp: '0',
    SenderId: 'test',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:test',
  awsRegion: 'us-east-1',
});

/** Events as EventBridge puts them into a queue, in the order given; a string is a message that is no event. */
export const sqsEvent = (...events: readonly (RecordedOrderEvent | string)[]): SQSEvent => receivedAgain(1, ...events);

/** The same, handed over for the `attempt`-th time. */
export const receivedAgain = (attempt: number, ...events: readonly (RecordedOrderEvent | string)[]): SQSEvent => ({
  Records: events.map((event, index) =>
    sqsRecord({
      id: `message-${index}`,
      receipt: `receipt-${index}`,
      body:
        typeof event === 'string'
          ? event
          : JSON.stringify({ version: '0', source: 'waybill.orders', 'detail-type': event.type, detail: event }),
      attempt,
    }),
  ),
});
