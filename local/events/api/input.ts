/** Reads the fields of requests as EventBridge does, and refuses them in its words. */
import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import { pageOf } from '../../paging.ts';
import { objects, present, text, textOf } from '../../properties.ts';
import type { Tags } from '../rule.ts';

const MAX_PAGE = 100;
const NAME = String.raw`[\.\-_A-Za-z0-9]+`;
const BUS_NAME = String.raw`[/\.\-_A-Za-z0-9]+`;

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

const violation = (value: Json, member: string, constraint: string): AwsError =>
  invalid(
    `1 validation error detected: Value '${text(value) ?? 'null'}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );

/** @param member its path in messages, such as `targets.1.member.id` */
export function checkedName(value: Json | undefined, member: string, longest = 64, pattern = NAME): string {
  if (typeof value !== 'string' || value === '') throw violation(null, member, 'not be null');
  if (!new RegExp(`^${pattern}$`).test(value)) {
    throw violation(value, member, `satisfy regular expression pattern: ${pattern}`);
  }
  if (value.length > longest) throw violation(value, member, `have length less than or equal to ${longest}`);
  return value;
}

export const busName = (value: Json | undefined): string => checkedName(value, 'name', 256, BUS_NAME);

export function optionalText(input: JsonObject, field: string): string | undefined {
  const value = input[field] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`Parameter ${field} is not valid. Reason: It is no text.`);
}

export function optionalWhole(input: JsonObject, field: string, least: number): number | undefined {
  const value = input[field] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw violation(value, field, `have value greater than or equal to ${least}`);
}

/** @throws AwsError for parts of the request that this runtime does not have, by name */
export function refuseParts(input: JsonObject, names: readonly string[]): void {
  const found = names.find((name) => input[name] !== undefined && input[name] !== null);
  if (found !== undefined) throw invalid(`${found} is what the embedded EventBridge does not have. Leave it out.`);
}

/** A page of the answer's list, under its name, with the token of the next one. */
export function listed<Item>(
  sorted: readonly Item[],
  input: JsonObject,
  { as, keyOf, describe }: { as: string; keyOf: (item: Item) => string; describe: (item: Item) => Json },
): JsonObject {
  const limit = optionalWhole(input, 'Limit', 1) ?? MAX_PAGE;
  const token = optionalText(input, 'NextToken');
  const { items, nextToken } = pageOf(
    sorted,
    keyOf,
    { limit: Math.min(limit, MAX_PAGE), token },
    'ValidationException',
  );
  return { [as]: items.map(describe), ...present({ NextToken: nextToken }) };
}

/** As JSON protocols carry times. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

export const tagsIn = (input: JsonObject): Tags =>
  Object.fromEntries(objects(input.Tags).map(({ Key, Value }) => [textOf(Key), text(Value) ?? '']));
