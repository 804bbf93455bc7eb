import type { JsonObject } from '../contracts.ts';

/** What AWS bills of DynamoDB. */
export type CapacityUnit = 'dynamodb.readUnits' | 'dynamodb.writeUnits';

/** Operations on items: the ones that consume capacity. */
const DATA_OPERATIONS: Readonly<Record<string, CapacityUnit>> = {
  GetItem: 'dynamodb.readUnits',
  BatchGetItem: 'dynamodb.readUnits',
  Query: 'dynamodb.readUnits',
  Scan: 'dynamodb.readUnits',
  TransactGetItems: 'dynamodb.readUnits',
  PutItem: 'dynamodb.writeUnits',
  UpdateItem: 'dynamodb.writeUnits',
  DeleteItem: 'dynamodb.writeUnits',
  BatchWriteItem: 'dynamodb.writeUnits',
  TransactWriteItems: 'dynamodb.writeUnits',
};

export interface Consumption {
  readonly unit: CapacityUnit;

  readonly table: string;
  readonly units: number;
}

export const isDataOperation = (operation: string): boolean => Object.hasOwn(DATA_OPERATIONS, operation);

/** Operations whose units follow from the request, whatever an engine says. */
export const isTransaction = (operation: string): boolean => operation.startsWith('Transact');

export const isWrite = (operation: string): boolean => DATA_OPERATIONS[operation] === 'dynamodb.writeUnits';

/** What AWS bills for an operation that succeeded. */
export function consumedBy(operation: string, request: JsonObject, answer: JsonObject): Consumption[] {
  if (isTransaction(operation)) return consumedByTransaction(operation, request);
  const consumed = [answer['ConsumedCapacity'] ?? []].flat() as { TableName: string; CapacityUnits: number }[];
  return consumed.map(({ TableName, CapacityUnits }) => ({
    unit: unitOf(operation),
    table: TableName,
    units: CapacityUnits,
  }));
}

/**
 * What AWS bills for a write whose condition failed: the same as if it had been done. For a write that is no transaction,
 * an item of at most 1 KB is assumed.
 */
export function consumedByRefusal(operation: string, request: JsonObject, errorType: string): Consumption[] {
  if (errorType.endsWith('#ConditionalCheckFailedException')) {
    return [{ unit: unitOf(operation), table: request['TableName'] as string, units: 1 }];
  }
  return errorType.endsWith('#TransactionCanceledException') ? consumedByTransaction(operation, request) : [];
}

/** One action of a transaction, whatever it does. */
export interface TransactionAction {
  readonly TableName: string;
  readonly Key?: JsonObject;
  /** Only a Put has an item instead of a key. */
  readonly Item?: JsonObject;
}

export function actionsOf(request: JsonObject): TransactionAction[] {
  const items = (request['TransactItems'] ?? []) as unknown as Record<string, TransactionAction>[];
  return items.flatMap((item) => Object.values(item));
}

/**
 * DynamoDB Local says 2 for any transaction. AWS prepares and commits every action and bills both, by started kilobytes
 * (4 KB of a read). Only of a Put is the size known here; one unit's worth is assumed of the others.
 */
function consumedByTransaction(operation: string, request: JsonObject): Consumption[] {
  return actionsOf(request).map(({ TableName, Item }) => ({
    unit: unitOf(operation),
    table: TableName,
    units: 2 * (Item === undefined ? 1 : Math.ceil(sizeOfMap(Item) / 1024)),
  }));
}

/** Bytes of an item or a nested map as DynamoDB counts them. */
function sizeOfMap(attributes: JsonObject): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value as JsonObject),
    0,
  );
}

function sizeOfValue(attribute: JsonObject): number {
  const [type, value] = Object.entries(attribute)[0] ?? [];
  switch (type) {
    case 'S':
      return Buffer.byteLength(value as string);
    case 'B':
      return Buffer.byteLength(value as string, 'base64');
    case 'N':
      return Math.ceil((value as string).length / 2) + 1;
    case 'M':
      return 3 + sizeOfMap(value as JsonObject);
    case 'L':
      return 3 + (value as JsonObject[]).reduce((sum, element) => sum + 1 + sizeOfValue(element), 0);
    case 'SS':
    case 'NS':
    case 'BS':
      return (value as string[]).reduce((sum, element) => sum + sizeOfValue({ [type[0]!]: element }), 0);
    default:
      return 1;
  }
}

const unitOf = (operation: string): CapacityUnit => DATA_OPERATIONS[operation]!;
