import type { Json, JsonObject } from '../contracts.ts';

/** `{StateMachineArn}` of an SDK call as `{stateMachineArn}`, which is how Step Functions itself names fields. */
export const wireNames = (value: JsonObject): JsonObject => renamed(value, lowerFirst) as JsonObject;

/**
 * `{startDate}` of Step Functions as `{StartDate}`, which is how results of SDK calls name fields, in the order of the names.
 * @param date makes a time, given in milliseconds since the epoch, what the result has
 */
export const sdkNames = (value: JsonObject, date: (ms: number) => Json): JsonObject =>
  withDates(renamed(value, upperFirst), date) as JsonObject;

/** Times in an answer, which the protocol has as seconds, as an SDK client shows them. */
export function withDates(value: Json, date: (ms: number) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => withDates(item, date));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'number' && /(Date|DateTime|Timestamp)$/.test(name)
        ? date(Math.round(item * 1_000))
        : withDates(item, date),
    ]),
  );
}

function renamed(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [rename(name), renamed(item, rename)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

export const upperFirst = (name: string): string => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
const lowerFirst = (name: string): string => `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
