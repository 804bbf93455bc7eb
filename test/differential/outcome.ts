/** What an engine makes of a request, in a form in which equal outcomes are equal. */
import { isDeepStrictEqual } from 'node:util';
import { AwsError, type Json, type JsonObject } from '../../local/contracts.ts';
import type { DynamoDbProxy } from '../../local/dynamodb/proxy.ts';
import type { Request } from './requests.ts';

export type Outcome =
  | { readonly answer: JsonObject }
  | { readonly error: string; readonly details: JsonObject; readonly message: string };

/** Messages may differ. */
export const isSame = (one: Outcome, other: Outcome): boolean =>
  'error' in one && 'error' in other
    ? one.error === other.error && isDeepStrictEqual(one.details, other.details)
    : isDeepStrictEqual(one, other);

/** Pages are read to the end, and are one answer: where a page ends may differ, what all of them have may not. */
export async function outcomeOf(proxy: DynamoDbProxy, { operation, input }: Request): Promise<Outcome> {
  try {
    const pages: JsonObject[] = [];
    let from: JsonObject = {};
    do {
      const answer = await proxy.tableCommand(operation, { ...input, ...from });
      pages.push(answer);
      from = answer.LastEvaluatedKey === undefined ? {} : { ExclusiveStartKey: answer.LastEvaluatedKey };
    } while (from.ExclusiveStartKey !== undefined);
    return { answer: comparable(joined(pages), operation === 'Scan' || input.IndexName !== undefined) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, details, message } = error;
    return { error: code, details: comparable(details, false), message };
  }
}

function joined(pages: readonly JsonObject[]): JsonObject {
  const [first = {}] = pages;
  if (first.Count === undefined) return first;
  const { LastEvaluatedKey: _where, ...rest } = first;
  const sum = (name: string): number => pages.reduce((total, page) => total + (page[name] as number), 0);
  const items = pages.flatMap((page) => (page.Items as Json[] | undefined) ?? []);
  return {
    ...rest,
    ...(first.Items !== undefined && { Items: items }),
    Count: sum('Count'),
    ScannedCount: sum('ScannedCount'),
  };
}

/** Attributes and sets have no order, and neither have items of different partitions. */
function comparable(answer: JsonObject, itemsHaveNoOrder: boolean): JsonObject {
  const { Items, Responses, ...rest } = answer;
  const sorted: JsonObject = ordered(rest) as JsonObject;
  if (Items !== undefined) {
    sorted.Items = itemsHaveNoOrder ? unordered(Items as Json[]) : (Items as Json[]).map(ordered);
  }
  if (Array.isArray(Responses)) sorted.Responses = Responses.map(ordered);
  else if (Responses !== undefined) {
    const tables = Object.entries(Responses as Record<string, Json[]>).map(
      ([name, items]) => [name, unordered(items)] as const,
    );
    sorted.Responses = Object.fromEntries(tables.sort(([one], [other]) => (one < other ? -1 : 1)));
  }
  return sorted;
}

const unordered = (values: readonly Json[]): Json[] =>
  values
    .map((one) => JSON.stringify(ordered(one)))
    .sort()
    .map((text) => JSON.parse(text) as Json);

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'Message')
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, one]) => [name, inOneForm(name, one)]),
  );
}

function inOneForm(name: string, value: Json): Json {
  if (name === 'N') return canonical(value as string);
  if (name === 'NS') return unordered((value as string[]).map(canonical));
  return name === 'SS' || name === 'BS' ? unordered(value as string[]) : ordered(value);
}

/** One text for each number: DynamoDB Local gives `1E2` and `-1.00` back where AWS and dynoxide give `100` and `-1`. */
function canonical(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^([-+]?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(
    number,
  )!;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const shown = digits.replace(/0+$/, '');
  if (shown === '') return '0';
  return `${sign === '-' ? '-' : ''}${shown}e${Number(exponent) - fraction.length + digits.length - shown.length}`;
}
