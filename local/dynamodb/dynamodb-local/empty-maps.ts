import type { Json, JsonObject } from '../../contracts.ts';

/**
 * DynamoDB Local writes an empty map in a stream record as `{}` instead of `{"M":{}}`, which no SDK can read. Only empty
 * maps come out that way, so every bare `{}` is one.
 */
export function restoreEmptyMaps(records: readonly JsonObject[]): JsonObject[] {
  return records.map((record) => {
    const { dynamodb } = record as { dynamodb: JsonObject };
    const images = ['Keys', 'NewImage', 'OldImage'].flatMap((name) =>
      dynamodb[name] === undefined ? [] : [[name, mendItem(dynamodb[name] as JsonObject)] as const],
    );
    return { ...record, dynamodb: { ...dynamodb, ...Object.fromEntries(images) } };
  });
}

const mendItem = (item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, mendValue(value as JsonObject)]));

function mendValue(value: JsonObject): Json {
  if (value.M !== undefined) return { M: mendItem(value.M as JsonObject) };
  if (value.L !== undefined) return { L: (value.L as JsonObject[]).map(mendValue) };
  return Object.keys(value).length === 0 ? { M: {} } : value;
}
