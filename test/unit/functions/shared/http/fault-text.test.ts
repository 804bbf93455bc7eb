import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { CONTRACTS } from '../../../../../functions/published/contracts.ts';
import { Problem } from '../../../../../functions/shared/http/problem.ts';
import { bodyOf, queryOf } from '../../../../../functions/shared/http/request.ts';
import { type JsonSchema, violationsOf } from '../../../../support/api/violations.ts';

/** The words of the library of schemas. */
const NOT_OURS = /Invalid|Too (?:small|big)|Unrecognized|Expected|received/;
/** What was got, and what is expected. */
const OURS =
  /^(?:It (?:is|has|adds up)|There is|Character \d|"|\d|This (?:field|parameter) is not known|[\w-]+ adds up).*[;.]/s;
const SAYS_WHAT_TO_DO = /expected|at most|is not known|no whole number from|not from 1|nothing that can be seen/;

function errorsOf(read: () => unknown): Problem['errors'] {
  try {
    read();
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
  return undefined;
}

const bodies = CONTRACTS.flatMap(({ operationId, body, examples }) =>
  body
    ? examples
        .filter(({ answer, body: given }) => answer.status < 300 && given !== undefined)
        .map((example) => [`${operationId} (${example.name})`, body, example.body] as const)
    : [],
);
const queries = CONTRACTS.flatMap(({ operationId, query }) => (query ? [[operationId, query] as const] : []));

describe('Whatever is wrong with a body is said in our words: what it is, and what is expected', () => {
  test.each(bodies)('%s', (_, body, example) => {
    for (const { name, value } of violationsOf(z.toJSONSchema(body, { io: 'input' }) as JsonSchema, example)) {
      const errors = errorsOf(() =>
        bodyOf({ route: { body }, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }),
      );
      expect({ name, errors }).toEqual({ name, errors: expect.any(Array) });
      for (const error of errors!) {
        expect({ name, detail: error.detail }).not.toEqual({ name, detail: expect.stringMatching(NOT_OURS) });
        expect({ name, detail: error.detail }).toEqual({ name, detail: expect.stringMatching(OURS) });
        expect({ name, detail: error.detail }).toEqual({ name, detail: expect.stringMatching(SAYS_WHAT_TO_DO) });
      }
    }
  });
});

describe('Whatever is wrong with a parameter of a query is said in our words', () => {
  test.each(queries)('%s', (_, query) => {
    const { properties = {} } = z.toJSONSchema(query, { io: 'input' }) as JsonSchema;
    for (const name of [...Object.keys(properties), 'noSuch'].filter((each) => each !== 'cursor')) {
      for (const wrong of ['\u0000', '-']) {
        for (const { detail } of errorsOf(() => queryOf({ route: { query }, query: { [name]: wrong } })) ?? []) {
          expect({ name, detail }).not.toEqual({ name, detail: expect.stringMatching(NOT_OURS) });
          expect({ name, detail }).toEqual({ name, detail: expect.stringMatching(SAYS_WHAT_TO_DO) });
        }
      }
    }
  });
});

test.each([
  [z.int().min(1), 0, 'It is 0; expected at least 1.'],
  [z.int().max(999), 1_000, 'It is 1000; expected at most 999.'],
  [z.int(), '3', 'It is "3"; expected a number.'],
  [z.int(), 1.5, 'It is 1.5; expected a whole number.'],
  [z.string(), undefined, 'It is missing; expected text.'],
  [z.string(), null, 'It is null; expected text.'],
  [z.string(), [], 'It is a list; expected text.'],
  [z.boolean(), {}, 'It is an object; expected true or false.'],
  [z.array(z.int()).min(1), [], 'It has 0 entries; expected at least 1.'],
  [z.enum(['page', 'wap']), 'app', 'It is "app"; expected one of page, wap.'],
  [z.literal('receipt'), 'x'.repeat(100), 'It has 100 characters; expected receipt.'],
  [z.iso.date(), '2026-02-30', 'It is "2026-02-30"; expected a day such as 2026-01-31.'],
  [z.uuid(), 'x', 'It is "x"; expected a UUID.'],
])('A fault of a value says what it is and what is expected: %#', (body, value, detail) => {
  const route = { body: z.strictObject({ value: body }) };
  const headers = { 'content-type': 'application/json' };
  expect(errorsOf(() => bodyOf({ route, headers, body: JSON.stringify({ value }) }))).toEqual([
    { pointer: '/value', detail },
  ]);
});

test('A union says which of its types there are', () => {
  const body = z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('card') }),
    z.strictObject({ type: z.literal('alipay') }),
  ]);
  const headers = { 'content-type': 'application/json' };
  const read = (value: object) => errorsOf(() => bodyOf({ route: { body }, headers, body: JSON.stringify(value) }));
  expect(read({ type: 'cash' })).toEqual([{ pointer: '/type', detail: 'It is "cash"; expected one of card, alipay.' }]);
  expect(read({})).toEqual([{ pointer: '/type', detail: 'It is missing; expected one of card, alipay.' }]);
});
