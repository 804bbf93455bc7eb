/** Requests may name a table by its ARN, which the engines do not know. */
import { arnOf, type Location } from '../arn.ts';
import type { Json, JsonObject } from '../contracts.ts';
import { filledText, objects } from '../properties.ts';

/** The fields by which a batch names its tables, in requests and in answers. */
const BY_TABLE = ['RequestItems', 'Responses', 'UnprocessedItems', 'UnprocessedKeys'];

/**
 * Asks with the names of tables instead of their ARNs, and answers with the ARNs where a batch was asked by them.
 * @param ask gets the request as the engines understand it
 */
export async function askByName(
  location: Location,
  request: JsonObject,
  ask: (request: JsonObject) => Promise<JsonObject>,
): Promise<JsonObject> {
  const prefix = arnOf(location, 'dynamodb', 'table/');
  if (!tablesIn(request).some((table) => table.startsWith(prefix))) return ask(request);
  const nameOf = (table: string): string => (table.startsWith(prefix) ? table.slice(prefix.length) : table);
  const given = new Map(Object.keys(request.RequestItems ?? {}).map((table) => [nameOf(table), table]));
  const answer = await ask(byTable(named(request, nameOf), nameOf));
  return byTable(answer, (name) => given.get(name) ?? name);
}

/** The tables that a request names, by their names or ARNs. */
export const tablesIn = ({ TableName, RequestItems, TransactItems }: JsonObject): string[] => [
  ...(typeof TableName === 'string' ? [TableName] : []),
  ...Object.keys(RequestItems ?? {}),
  ...objects(TransactItems)
    .flatMap((item) => Object.values(item))
    .flatMap((action) => filledText((action as JsonObject).TableName) ?? []),
];

/** The request with the names of its table, or of the tables of a transaction. */
function named(request: JsonObject, nameOf: (table: string) => string): JsonObject {
  const inAction = (action: JsonObject): JsonObject =>
    typeof action.TableName === 'string' ? { ...action, TableName: nameOf(action.TableName) } : action;
  if (request.TransactItems === undefined) return inAction(request);
  const TransactItems = objects(request.TransactItems).map((item) =>
    Object.fromEntries(Object.entries(item).map(([kind, action]) => [kind, inAction(action as JsonObject)])),
  );
  return { ...request, TransactItems };
}

function byTable(content: JsonObject, nameOf: (table: string) => string): JsonObject {
  const renamed = ([field, value]: [string, Json]): [string, Json] =>
    BY_TABLE.includes(field) && typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [field, Object.fromEntries(Object.entries(value).map(([table, items]) => [nameOf(table), items]))]
      : [field, value];
  return Object.fromEntries(Object.entries(content).map(renamed));
}
