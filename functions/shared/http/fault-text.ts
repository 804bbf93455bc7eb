/** What is wrong with a value: what it is, and what is expected. For schemas that have no words of their own. */
import type * as z from 'zod';
import { lengthOf } from './characters.ts';

const LONGEST_REPEATED = 40;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  date: 'a day such as 2026-01-31',
  uuid: 'a UUID',
};
const COUNTED: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

/** For `error` of a parse. What the value was is repeated only where it is short. */
export function faultText(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue;
  const expected = expectedBy(issue);
  return expected && `It ${got(input, issue)}; expected ${expected}.`;
}

function expectedBy(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? `text of the form ${issue.pattern ?? issue.format}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return Array.isArray(issue['options']) ? oneOf(issue['options']) : 'another value';
    case 'invalid_key':
      return 'other names of its fields';
    default:
      return undefined;
  }
}

const oneOf = (values: readonly unknown[]): string => (values.length > 1 ? 'one of ' : '') + values.join(', ');

function got(input: unknown, issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const unit = COUNTED[issue.origin];
    if (unit) return `has ${typeof input === 'string' ? lengthOf(input) : (input as unknown[]).length} ${unit}`;
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return valueText((input as Readonly<Record<string, unknown>>)[issue.discriminator]);
  }
  return valueText(input);
}

function valueText(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object' && value !== null) return 'is an object';
  return typeof value === 'string' && lengthOf(value) > LONGEST_REPEATED
    ? `has ${lengthOf(value)} characters`
    : `is ${JSON.stringify(value)}`;
}

/** For the pattern of a schema, which is described in words. */
export const noSuchForm =
  (expected: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    `It ${valueText(input)}; expected ${expected}.`;
