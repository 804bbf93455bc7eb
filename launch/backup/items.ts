/** The items of a table as a file has them: one a line, in the form of DynamoDB's own exports, which loses no digit. Pure. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** @returns the line, without its end */
export const lineOf = (item: Item): string => JSON.stringify({ Item: withBytes(item, asText) });

/** @throws Error for a line that is none of an export */
export function itemIn(line: string): Item {
  const { Item: item } = parsed(line);
  if (typeof item !== 'object' || item === null) {
    throw new Error(`A line is ${line.slice(0, 60)}…, expected {"Item":{…}} as DynamoDB's exports have it.`);
  }
  return withBytes(item, asBytes) as Item;
}

function parsed(line: string): { readonly Item?: unknown } {
  try {
    return JSON.parse(line) as { readonly Item?: unknown };
  } catch {
    return {};
  }
}

/** The same, with all bytes in it (`B`, `BS`) in another form: JSON has none for them, exports have base64. */
function withBytes(value: unknown, other: (bytes: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withBytes(one, other));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === 'B' && isBytes(inner)) return [name, other(inner)];
      if (name === 'BS' && Array.isArray(inner) && inner.every(isBytes)) return [name, inner.map(other)];
      return [name, withBytes(inner, other)];
    }),
  );
}

/** An attribute that is called `B` or `BS` has an object in this place. */
const isBytes = (value: unknown): boolean => typeof value === 'string' || value instanceof Uint8Array;
const asText = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('base64');
const asBytes = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(text as string, 'base64'));
