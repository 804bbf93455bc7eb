import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Problem } from '../../../../../functions/shared/http/problem.ts';
import { bodyOf } from '../../../../../functions/shared/http/request.ts';

const route = { body: z.looseObject({}) };

/** The status and the detail of the refusal; undefined when the body is taken. */
function refusalOf(
  body: string,
  headers: Readonly<Record<string, string>> = {},
): [status: number, detail: string] | undefined {
  try {
    bodyOf({ route, body, headers: { 'content-type': 'application/json', ...headers } });
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { statusCode, body: document } = error.toResponse('/');
    return [statusCode, (JSON.parse(document) as { detail: string }).detail];
  }
}

describe('A body is taken', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json; charset=utf8',
    'application/json ; profile="https://example.com/order" ; charset=UTF-8',
    'application/json;',
  ])('as %s', (type) => {
    expect(refusalOf('{}', { 'content-type': type })).toBeUndefined();
  });

  test('without an encoding, and with the one that changes nothing', () => {
    expect(refusalOf('{}', { 'content-encoding': 'Identity' })).toBeUndefined();
  });
});

describe('A body is refused with 415', () => {
  test.each([
    'text/plain',
    'application/jsonp',
    'application/problem+json',
    'application/vnd.waybill+json;version=1',
    'application/json+xml',
    'text/json',
    'application/json, application/json',
    'application/json charset=utf-8',
    'application/json; charset',
    '',
  ])('as %s', (type) => {
    expect(refusalOf('{}', { 'content-type': type })).toEqual([
      415,
      `Content-Type is ${type}; expected application/json.`,
    ]);
  });

  test.each([
    ['application/json; charset=iso-8859-1', 'iso-8859-1'],
    ['application/json; charset="UTF-16"', 'UTF-16'],
    ['application/json; charset=utf-8; charset=latin1', 'latin1'],
    ['application/json; charset=""', ''],
    ['application/json; charset=utf-7', 'utf-7'],
  ])('in another charset: %s', (type, charset) => {
    expect(refusalOf('{}', { 'content-type': type })).toEqual([415, `The charset is ${charset}; expected utf-8.`]);
  });

  test.each(['gzip', 'br', 'deflate', 'identity, gzip', 'x', ''])('with the encoding %s', (encoding) => {
    expect(refusalOf('{}', { 'content-encoding': encoding })).toEqual([
      415,
      `Content-Encoding is ${encoding}; send the body as it is.`,
    ]);
  });
});

describe('A body is refused with 400', () => {
  test.each([
    ['\ufeff{}', 'The body begins with a byte order mark; expected none.'],
    ['{"name":"Zo\ufffd"}', 'The body has bytes that are no UTF-8, or U+FFFD; expected neither.'],
    ['\ufffd\ufffd{\u0000}\u0000', 'The body has bytes that are no UTF-8, or U+FFFD; expected neither.'],
    ['', 'The body is not JSON: Unexpected end of JSON input.'],
    ['{"token":tok_secret}', "The body is not JSON: Unexpected token 'o'."],
    [
      '{"token":4111111111111111,}',
      'The body is not JSON: Expected double-quoted property name in JSON at position 26',
    ],
    ['[4111111111111111,]', "The body is not JSON: Unexpected token ']'."],
    ['undefined', 'The body is not JSON: it is no value.'],
    ['{"a":\u202e1}', "The body is not JSON: Unexpected token '\\u202E'."],
    ['{"a":1,"a":2}', '/a: This field is given more than once; expected once.'],
    ['{"__proto__":{}}', '/__proto__: No field has this name.'],
    ['{"a":1e400}', '/a: The number 1e400 would become Infinity; expected at most 15 digits.'],
  ])('and the reason, which does not repeat the body: %j', (body, detail) => {
    const [status, found] = refusalOf(body)!;
    expect(status).toBe(400);
    expect(found).toContain(detail);
  });

  test('and names 50 faults at most', () => {
    const many = `{${Array.from({ length: 2_000 }, (_, index) => `"a${index}":1,"a${index}":1`).join(',')}}`;
    expect(refusalOf(many)![1].split('; /')).toHaveLength(50);
  });
});
