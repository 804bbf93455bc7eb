/** Where the engines differ, what AWS does there, and how we know that. What is not in this list is a fault of an adapter. */
import type { JsonObject } from '../../local/contracts.ts';
import type { Outcome } from './outcome.ts';
import { INDEX, type Request, TABLES } from './requests.ts';

export interface Explained {
  readonly difference: string;
  /** What AWS does, and whether it was documented or is assumed. */
  readonly onAws: string;
  readonly isThis: (request: Request, dynoxide: Outcome, dynamoDbLocal: Outcome) => boolean;
  /** Requests over empty tables, the last of which shows it. */
  readonly example: readonly Request[];
}

const { plain, sorted } = TABLES;
const KEY = { id: { S: 'p' } };
const MISSING = { '#a': 'a' };
const ONE = { ExpressionAttributeValues: { ':one': { N: '1' } } };
const NEVER = { ConditionExpression: 'attribute_exists(id)' };

const error = (outcome: Outcome): string => ('error' in outcome ? outcome.error : 'none');
const says = (outcome: Outcome, text: RegExp): boolean => 'error' in outcome && text.test(outcome.message);

/** Dynoxide looks at values only when it comes to them; DynamoDB Local refuses the request as it stands, as AWS does. */
const refusedAsItStands =
  (text: RegExp): Explained['isThis'] =>
  (_, dynoxide, dynamoDbLocal) =>
    error(dynoxide) !== 'ValidationException' &&
    error(dynamoDbLocal) === 'ValidationException' &&
    says(dynamoDbLocal, text);

const conditionalPut = (ConditionExpression: string, values: JsonObject): Request => ({
  operation: 'PutItem',
  input: {
    TableName: plain,
    Item: KEY,
    ConditionExpression,
    ExpressionAttributeNames: MISSING,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  },
});
const transaction = (...TransactItems: JsonObject[]): Request => ({
  operation: 'TransactWriteItems',
  input: { TransactItems },
});
const update = (UpdateExpression: string, more: JsonObject = {}): JsonObject => ({
  TableName: plain,
  Key: KEY,
  UpdateExpression,
  ExpressionAttributeNames: MISSING,
  ...more,
});

export const EXPLAINED: readonly Explained[] = [
  {
    difference: 'dynoxide takes a filter with a BETWEEN whose lower bound is above its upper one, and finds nothing',
    onAws: 'ValidationException (documented with BETWEEN)',
    isThis: refusedAsItStands(/BETWEEN operator requires upper bound/),
    example: [
      {
        operation: 'Scan',
        input: {
          TableName: plain,
          FilterExpression: 'a BETWEEN :low AND :high',
          ExpressionAttributeValues: { ':low': { N: '2' }, ':high': { N: '1' } },
        },
      },
    ],
  },
  {
    difference: 'dynoxide compares values that have no order, such as lists, and finds that none is larger',
    onAws: 'ValidationException (documented: operands of <, <=, > and >= are strings, numbers or binaries)',
    isThis: refusedAsItStands(/Incorrect operand type/),
    example: [conditionalPut('NOT (#a < :list)', { ':list': { L: [] } })],
  },
  {
    difference: 'dynoxide compares an attribute with itself',
    onAws: 'ValidationException (assumed: DynamoDB Local does so)',
    isThis: refusedAsItStands(/first operand must be distinct/),
    example: [conditionalPut('#a <> #a', {})],
  },
  {
    difference: 'dynoxide filters an index by an attribute that the index does not have',
    onAws: 'ValidationException (assumed: DynamoDB Local does so)',
    isThis: refusedAsItStands(/does not project/),
    example: [
      {
        operation: 'Query',
        input: {
          TableName: sorted,
          IndexName: INDEX,
          KeyConditionExpression: 'kind = :kind',
          FilterExpression: 'attribute_exists(c)',
          ExpressionAttributeValues: { ':kind': { S: 'k' } },
        },
      },
    ],
  },
  {
    difference: 'dynoxide removes nothing where the list or map that a path goes through is missing',
    onAws: 'ValidationException (documented: the path is invalid for update)',
    isThis: refusedAsItStands(/document path provided in the update expression is invalid/),
    example: [{ operation: 'UpdateItem', input: update('REMOVE #a[0]') }],
  },
  {
    difference: 'dynoxide looks at the conditions of a transaction before it finds overlapping paths in an update',
    onAws: 'ValidationException (documented: a path can be changed once)',
    isThis: refusedAsItStands(/Two document paths overlap/),
    example: [transaction({ Update: update('SET #a = :one REMOVE #a', { ...ONE, ...NEVER }) })],
  },
  {
    difference: 'DynamoDB Local refuses a transaction as a whole for an update that does not fit its item',
    onAws: 'TransactionCanceledException with the reason ValidationError (documented), as dynoxide does',
    isThis: ({ operation }, dynoxide, dynamoDbLocal) =>
      operation === 'TransactWriteItems' &&
      error(dynoxide) === 'TransactionCanceledException' &&
      error(dynamoDbLocal) === 'ValidationException' &&
      reasons(dynoxide).includes('ValidationError'),
    example: [transaction({ Update: update('SET #a = #a + :one', ONE) })],
  },
  {
    difference: 'DynamoDB Local looks at conditions before it finds two actions on one item',
    onAws: 'ValidationException (documented), as dynoxide does',
    isThis: ({ operation }, dynoxide, dynamoDbLocal) =>
      operation === 'TransactWriteItems' &&
      says(dynoxide, /multiple operations on one item/) &&
      error(dynamoDbLocal) === 'TransactionCanceledException',
    example: [
      transaction(
        { Put: { TableName: plain, Item: KEY, ConditionExpression: 'attribute_exists(id)' } },
        { Delete: { TableName: plain, Key: KEY } },
      ),
    ],
  },
  {
    difference: 'dynoxide answers an update that made its item with the key as the old item',
    onAws: 'no attributes (documented for ALL_OLD of PutItem, and assumed here), as DynamoDB Local does',
    isThis: ({ operation, input }, dynoxide, dynamoDbLocal) =>
      operation === 'UpdateItem' &&
      input.ReturnValues === 'ALL_OLD' &&
      'answer' in dynoxide &&
      'answer' in dynamoDbLocal &&
      dynamoDbLocal.answer.Attributes === undefined &&
      Object.keys(dynoxide.answer.Attributes as JsonObject).every((name) => name in (input.Key as JsonObject)),
    example: [{ operation: 'UpdateItem', input: update('REMOVE #a', { ReturnValues: 'ALL_OLD' }) }],
  },
  {
    difference: 'DynamoDB Local says that a read consumed nothing when it found nothing',
    onAws: 'at least half a unit (documented), as dynoxide says',
    isThis: consumesLess,
    example: [
      {
        operation: 'Query',
        input: {
          TableName: plain,
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': KEY.id },
          ReturnConsumedCapacity: 'TOTAL',
        },
      },
    ],
  },
  {
    difference: 'DynamoDB Local does not say that a transaction consumes twice as much',
    onAws: 'two units for each kilobyte (documented), as dynoxide says; the runtime counts transactions itself',
    isThis: consumesLess,
    example: [
      {
        operation: 'TransactWriteItems',
        input: { TransactItems: [{ Delete: { TableName: plain, Key: KEY } }], ReturnConsumedCapacity: 'TOTAL' },
      },
    ],
  },
  {
    difference:
      'DynamoDB Local says that a batch consumed two units for an item that it did not find in a table with an index',
    onAws: 'one unit (documented for DeleteItem), as dynoxide says',
    isThis: (request, dynoxide, dynamoDbLocal) => consumesLess(request, dynamoDbLocal, dynoxide),
    example: [
      {
        operation: 'BatchWriteItem',
        input: {
          RequestItems: { [sorted]: [{ DeleteRequest: { Key: { ...KEY, at: { N: '1' } } } }] },
          ReturnConsumedCapacity: 'TOTAL',
        },
      },
    ],
  },
  {
    difference: 'DynamoDB Local takes a number as a text',
    onAws: 'SerializationException (documented for malformed requests), as dynoxide does',
    isThis: (_, dynoxide) => error(dynoxide) === 'SerializationException',
    example: [{ operation: 'PutItem', input: { TableName: plain, Item: { ...KEY, a: { S: 1 } } } }],
  },
  {
    difference: 'dynoxide takes a nested attribute without a name',
    onAws: 'ValidationException (documented: a name has at least one character)',
    isThis: refusedAsItStands(/Empty attribute name/),
    example: [{ operation: 'PutItem', input: { TableName: plain, Item: { ...KEY, a: { M: { '': { S: 'b' } } } } } }],
  },
];

const reasons = (outcome: Outcome): unknown[] =>
  'error' in outcome ? ((outcome.details.CancellationReasons ?? []) as JsonObject[]).map(({ Code }) => Code) : [];

/** The last of the two. */
function consumesLess(_: Request, more: Outcome, less: Outcome): boolean {
  return units(more) > units(less);
}

function units(outcome: Outcome): number {
  if (!('answer' in outcome)) return 0;
  const consumed = [outcome.answer.ConsumedCapacity ?? []].flat() as unknown as { CapacityUnits: number }[];
  return consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
}
