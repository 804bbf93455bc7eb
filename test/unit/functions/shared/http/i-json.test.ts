import { describe, expect, test } from 'vitest';
import { faultsOfJson } from '../../../../../functions/shared/http/i-json.ts';
import { processorMs } from '../../../../support/run/processor-time.ts';
import fc from '../../../../support/run/properties.ts';

const pointersIn = (text: string) => {
  JSON.parse(text);
  return faultsOfJson(text).map(({ pointer }) => pointer);
};

describe('A field that is given twice', () => {
  test.each([
    ['{"a":1,"a":2}', ['/a']],
    ['{"a":1,"b":2,"a":3,"a":4}', ['/a', '/a']],
    ['{"a":{"b":1,"b":2}}', ['/a/b']],
    ['[{"a":1},{"a":1,"a":1}]', ['/1/a']],
    ['{"a":[[0,{"x/y~z":1,"x/y~z":1}]]}', ['/a/0/1/x~1y~0z']],
    ['{"a":1,"\\u0061":2}', ['/a']],
    ['{"":1,"":2}', ['/']],
    [' { "a" : 1 , "a" : { "a" : 2 } } ', ['/a']],
    ['{"a":"a","b":"a","c":["a","a"],"d":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['{"a":1,"A":2,"b":{"a":1}}', []],
  ])('is found at every depth, and only there: %s', (text, pointers) => {
    expect(pointersIn(text)).toEqual(pointers);
  });

  test('is found whatever the rest of the text is', () => {
    const name = fc.string({ unit: 'binary', maxLength: 5 }).filter((text) => !text.startsWith('__'));
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.dictionary(name, value), name, value, value, (others, doubled, first, second) => {
        const { [doubled]: _, ...rest } = others;
        const inner = JSON.stringify(rest).slice(1, -1);
        const text = `[0,{${JSON.stringify(doubled)}:${JSON.stringify(first)},${inner ? `${inner},` : ''}${JSON.stringify(doubled)}:${JSON.stringify(second)}}]`;
        const pointer = `/1/${doubled.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        expect(pointersIn(text)).toEqual([pointer]);
      }),
    );
  });
});

describe('A field of the prototype', () => {
  test.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])('is refused: %s', (name) => {
    expect(pointersIn(`{"a":[{"${name}":{"isAdmin":true}}]}`)).toEqual([`/a/0/${JSON.parse(`"${name}"`)}`]);
  });
});

describe('A number', () => {
  test.each([
    '9007199254740993',
    '1e400',
    '-1e400',
    '1e-400',
    '0.12345678901234567890123',
    '12345678901234567890',
    '1.7976931348623159e308',
    `1${'0'.repeat(60)}1`,
  ])('that would lose digits is refused: %s', (number) => {
    expect(pointersIn(`{"amount":[1,${number}]}`)).toEqual(['/amount/1']);
  });

  test.each([
    '0',
    '-0',
    '0.0',
    '1.10',
    '100',
    '1e2',
    '1E+2',
    '0.1',
    '1e21',
    '9007199254740992',
    '-9007199254740991',
    '5e-324',
    '1.7976931348623157e308',
    '120e-1',
  ])('that is held exactly is taken: %s', (number) => {
    expect(pointersIn(`[${number}]`)).toEqual([]);
    expect(pointersIn(number)).toEqual([]);
  });

  test('is taken just when JSON.parse and JSON.stringify keep it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 69n), max: 2n ** 69n }), (number) => {
        expect(pointersIn(`[${number}]`).length === 0).toBe(BigInt(String(Number(number))) === number);
      }),
      { numRuns: 500 },
    );
  });

  test('says what it would become', () => {
    expect(faultsOfJson('9007199254740993')).toEqual([
      {
        pointer: '',
        detail: 'The number 9007199254740993 would become 9007199254740992; expected at most 15 digits.',
      },
    ]);
  });
});

describe('Nesting', () => {
  test('is taken to 32 levels', () => {
    expect(pointersIn('['.repeat(32) + ']'.repeat(32))).toEqual([]);
    expect(pointersIn('{"a":'.repeat(32) + '1' + '}'.repeat(32))).toEqual([]);
  });

  test('is refused beyond them, with one fault', () => {
    expect(pointersIn('['.repeat(30_000) + ']'.repeat(30_000))).toEqual(['/0'.repeat(32)]);
    expect(pointersIn('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toEqual(['/a'.repeat(32)]);
  });
});

test('What JSON.stringify writes has no fault', () => {
  const names = fc
    .string({ unit: 'binary' })
    .filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(names, tie('value')),
    ),
  }));
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), (json, spaces) => {
      const text = JSON.stringify(json, null, spaces);
      expect(pointersIn(text)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('No body makes the check slow', () => {
  const bodies = [`"${'\\\\'.repeat(30_000)}"`, `0.${'0'.repeat(60_000)}1`, `[${'1,'.repeat(30_000)}1]`];
  const check = () => expect(bodies.map((text) => faultsOfJson(text).length)).toEqual([0, 1, 0]);
  expect(processorMs(check)).toBeLessThan(1_000);
});
