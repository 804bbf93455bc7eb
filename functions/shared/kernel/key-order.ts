/**
 * An equal value whose objects have their keys in alphabetical order, at any depth: equal values become equal texts. DynamoDB
 * promises no order of attributes, so what was read from a table needs it where texts are compared.
 */
export function inKeyOrder<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(inKeyOrder) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKeyOrder(inner)])) as Value;
}
