import type { JsonObject, MeteredUnit } from '../contracts.ts';

type Operation = 'read' | 'write' | 'transactionalRead' | 'transactionalWrite';

/** Operations on items: the ones that consume capacity. */
const dataOperations: Readonly<Record<string, Operation>> = {
  GetItem: 'read',
  BatchGetItem: 'read',
  Query: 'read',
  Scan: 'read',
  TransactGetItems: 'transactionalRead',
  PutItem: 'write',
  UpdateItem: 'write',
  DeleteItem: 'write',
  BatchWriteItem: 'write',
  TransactWriteItems: 'transactionalWrite',
};

export interface Consumption {
  readonly metric: Extract<MeteredUnit, 'dynamodb.readUnits' | 'dynamodb.writeUnits'>;
  readonly table: string;
  readonly units: number;
}

export const isDataOperation = (operation: string): boolean => Object.hasOwn(dataOperations, operation);

export const isWrite = (operation: string): boolean => metricOf(operation) === 'dynamodb.writeUnits';

/** What AWS bills for an operation that succeeded, read from the answer's `ConsumedCapacity`. */
export function consumedBy(operation: string, answer: JsonObject): Consumption[] {
  const consumed = [answer['ConsumedCapacity'] ?? []].flat() as { TableName: string; CapacityUnits: number }[];
  // DynamoDB Local counts a transactional write once; AWS prepares and commits it, and bills both.
  const factor = dataOperations[operation] === 'transactionalWrite' ? 2 : 1;
  return consumed.map(({ TableName, CapacityUnits }) => ({ metric: metricOf(operation), table: TableName, units: CapacityUnits * factor }));
}

/**
 * What AWS bills for a write whose condition failed: the same as if it had been done. The answer does not say how much
 * that is, so items of at most 1 KB are assumed.
 */
export function consumedByRefusal(operation: string, request: JsonObject, errorType: string): Consumption[] {
  if (errorType.endsWith('#ConditionalCheckFailedException')) {
    return [{ metric: metricOf(operation), table: String(request['TableName']), units: 1 }];
  }
  if (operation === 'TransactWriteItems' && errorType.endsWith('#TransactionCanceledException')) {
    return actionsOf(request).map(({ TableName }) => ({ metric: metricOf(operation), table: TableName, units: 2 }));
  }
  return [];
}

/** One action of a TransactWriteItems request, whichever of the four kinds it is. */
export interface TransactionAction {
  readonly TableName: string;
  readonly Key?: JsonObject;
  /** Only a Put has an item instead of a key. */
  readonly Item?: JsonObject;
}

export function actionsOf(request: JsonObject): TransactionAction[] {
  const items = request['TransactItems'] as unknown as Record<string, TransactionAction>[];
  return items.flatMap((item) => Object.values(item));
}

function metricOf(operation: string): Consumption['metric'] {
  return dataOperations[operation]?.toLowerCase().endsWith('write') ? 'dynamodb.writeUnits' : 'dynamodb.readUnits';
}
