import type { JsonObject } from '../../contracts.ts';
import type { Ask } from '../engine.ts';

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

/**
 * A Scan of a segment that goes on from a key of which there is no item: dynoxide finds nothing behind such a key, AWS all that
 * follows. It goes on from the last item before the key in the same partition, which has the same place; where there is
 * none, the segment begins again, since a reader may see an item twice but must miss none.
 */
export async function existingStart(ask: Ask, request: JsonObject): Promise<JsonObject> {
  const { TableName, ExclusiveStartKey, Segment, IndexName } = request;
  if (Segment === undefined || ExclusiveStartKey === undefined || IndexName !== undefined) return request;
  const start = ExclusiveStartKey as JsonObject;
  const { Item } = await ask('GetItem', { TableName: TableName!, Key: start });
  if (Item !== undefined) return request;
  const { Table } = await ask('DescribeTable', { TableName: TableName! });
  const before = await lastBefore(
    ask,
    TableName as string,
    start,
    (Table as unknown as { KeySchema: KeyElement[] }).KeySchema,
  );
  if (before !== undefined) return { ...request, ExclusiveStartKey: before };
  const { ExclusiveStartKey: _of_nothing, ...fromTheBeginning } = request;
  return fromTheBeginning;
}

async function lastBefore(
  ask: Ask,
  TableName: string,
  start: JsonObject,
  schema: readonly KeyElement[],
): Promise<JsonObject | undefined> {
  const [partition, sort] = ['HASH', 'RANGE'].map(
    (type) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName,
  );
  if (partition === undefined || sort === undefined) return undefined;
  const { Items } = await ask('Query', {
    TableName,
    KeyConditionExpression: '#partition = :partition AND #sort < :sort',
    ProjectionExpression: '#partition, #sort',
    ExpressionAttributeNames: { '#partition': partition, '#sort': sort },
    ExpressionAttributeValues: { ':partition': start[partition]!, ':sort': start[sort]! },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: 1,
  });
  return (Items as JsonObject[])[0];
}
