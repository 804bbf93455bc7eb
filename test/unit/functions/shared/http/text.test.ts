import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { cleanCharacters, multiLine, singleLine } from '../../../../../functions/shared/http/text.ts';
import { PROBLEMATIC_CHARACTERS } from '../../../../support/api/problematic-characters.ts';
import { processorMs } from '../../../../support/run/processor-time.ts';
import fc from '../../../../support/run/properties.ts';

const line = singleLine(100);
const lines = multiLine(100);
const faultsOf = (schema: z.ZodType, value: string) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];

describe('A text of one line', () => {
  test.each([
    'Ada Lovelace',
    'Nguyễn Thị Minh Khai',
    'محمد علی‌زاده',
    'क्‍ष',
    '山田 太郎',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈 Sky',
    "O'Neill-Smith, Jr. & Sons",
    'X Æ A-12',
    '-',
    '\u200eRTL\u200f',
    'ZIP 12345-6789, +49 170 4111 1111 1111',
  ])('is taken as it is: %s', (text) => {
    expect(line.parse(text)).toBe(text.normalize('NFC'));
  });

  test.each(PROBLEMATIC_CHARACTERS)('is refused with %s', (_, character) => {
    const [message, ...others] = faultsOf(line, `Ada${character}Lovelace`);
    expect(message).toMatch(/^Character 4 is U\+[\dA-F]{4,6}, an? .+; expected text without it\.$/);
    expect(others).toEqual([]);
    expect(message).not.toContain(character);
    expect(faultsOf(line, `${character}Ada`)).not.toEqual([]);
    expect(faultsOf(line, `Ada${character}`)).not.toEqual([]);
  });

  test.each([
    '',
    ' ',
    '\u00a0\u3000',
    '\u200b',
    '\u200d\u200c\ufeff',
    '\u0301',
    '\u3164',
    '\u115f\u1160\uffa0',
    '\u2800',
    '\u00ad\u034f',
    '\ufe0f',
    '\u180e\u2062',
    ' \u200b\u0301 ',
  ])('is refused when nothing of it can be seen: %j', (text) => {
    expect(faultsOf(line, text)).toEqual(['It has nothing that can be seen.']);
  });

  test('says which character is wrong, and never repeats it', () => {
    expect(faultsOf(line, '😀\u202egnp.exe')).toEqual([
      'Character 2 is U+202E, a bidirectional control; expected text without it.',
    ]);
    expect(faultsOf(line, 'Ada\nLovelace')).toEqual(['Character 4 is U+000A, a line break; expected text without it.']);
  });

  test('has no white space around it, and one form of each character', () => {
    expect(line.parse('  Zoe\u0308 ')).toBe('Zoë');
    expect(line.parse('\u212bngstro\u0308m')).toBe('Ångström');
  });

  test('is measured in characters, not in units of UTF-16', () => {
    expect(faultsOf(line, '😀'.repeat(100))).toEqual([]);
    expect(faultsOf(line, '😀'.repeat(101))).toEqual(['It has 101 characters; at most 100 are taken.']);
  });

  test('has no card number, and the refusal does not repeat it', () => {
    expect(faultsOf(line, 'Ada 4111 1111 1111 1111')).toEqual([
      'It has the digits of a card number; write at most the last four of them.',
    ]);
  });
});

describe('A text of several lines', () => {
  test('may have tabs and line breaks, in one form', () => {
    expect(lines.parse('one\r\n\ttwo\rthree\n')).toBe('one\n\ttwo\nthree');
  });

  test.each(PROBLEMATIC_CHARACTERS.filter(([, character]) => !/[\t\n\r]/.test(character)))(
    'is refused with %s',
    (_, character) => {
      expect(faultsOf(lines, `one\n${character}two`)).toHaveLength(1);
    },
  );

  test('is refused when it has only line breaks', () => {
    expect(faultsOf(lines, '\n\r\n\t')).toEqual(['It has nothing that can be seen.']);
  });
});

describe('The pattern in the API document', () => {
  const characters = fc.integer({ min: 0, max: 0xffff }).filter((code) => code < 0xd800 || code > 0xdfff);

  test.each([
    ['one line', line],
    ['several lines', lines],
  ])('refuses the same characters as the API, in %s', (_, schema) => {
    const pattern = new RegExp((schema.meta() as { pattern: string }).pattern, 'u');
    fc.assert(
      fc.property(characters, (code) => {
        const text = `a${String.fromCharCode(code)}b`;
        expect([code, pattern.test(text)]).toEqual([code, schema.safeParse(text).success]);
      }),
      { numRuns: 3_000 },
    );
  });

  test('refuses text of which nothing can be seen, as far as a pattern can say', () => {
    const pattern = new RegExp((line.meta() as { pattern: string }).pattern, 'u');
    expect(
      ['', ' ', '\u00a0\u3000\ufeff', '\u200b', '\u3164', '\u2800', '\u0301'].filter((text) => pattern.test(text)),
    ).toEqual([]);
  });
});

test('Ids are taken as they are, without characters that no text has', () => {
  const id = line.check(cleanCharacters);
  expect(faultsOf(id, 'C1\u0000')).toHaveLength(1);
});

test('No text makes the rule slow', () => {
  const check = () => {
    for (const text of ['-'.repeat(4_000), '1 '.repeat(2_000), 'f-'.repeat(2_000), '\u0301'.repeat(4_000)]) {
      multiLine(100_000).safeParse(text);
    }
  };
  expect(processorMs(check)).toBeLessThan(1_000);
});
