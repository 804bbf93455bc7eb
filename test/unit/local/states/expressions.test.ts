import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../local/contracts.ts';
import { evaluate } from '../../../../local/states/expressions.ts';
import { changingFunctions } from '../../../../local/states/functions.ts';

const chance = { now: () => Date.UTC(2026, 10, 21, 8), random: () => 0.25, newId: () => 'the-id' };
const value = (expression: string, bindings: Record<string, Json> = {}) =>
  evaluate(`{% ${expression} %}`, { ...changingFunctions(chance), ...bindings }, 'Output');

describe('functions that Step Functions adds', () => {
  test.each<[string, Json]>([
    ['$parse(\'{"a":[1]}\').a', [1]],
    ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["$hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ["$hash('', 'SHA-1')", 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ["$length($hash('x', 'SHA-384'))", 96],
    ["$length($hash('x', 'SHA-512'))", 128],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 0, 1)', []],
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$uuid()', 'the-id'],
    ['$random()', 0.25],
    ["$random('seed') = $random('seed')", true],
    ['$random(1) = $random(2)', false],
    ['$millis()', Date.UTC(2026, 10, 21, 8)],
    ['$now()', '2026-11-21T08:00:00.000Z'],
    ["$now('[D01].[M01].[Y]')", '21.11.2026'],
  ])('%s', async (expression, result) => {
    expect(await value(expression)).toEqual(result);
  });

  test.each([
    ["$eval('1')", /\$eval is not available/],
    ["$parse('{')", /JSON/],
    ["$hash('x', 'CRC')", /SHA-256/],
    ["$hash(1, 'MD5')", /argument 1/i],
    ['$range(0, 1, 0)', /other than 0/],
    ['$range(0, 5000, 1)', /at most 1000/],
    ['$partition([1], 0)', /size from 1/],
    ['$nothing()', /non-function/],
  ])('%s is refused', async (expression, why) => {
    await expect(value(expression)).rejects.toThrow(why);
  });
});

describe('values', () => {
  test('are plain JSON: no marks of JSONata, and fields without value are left out', async () => {
    expect(Object.keys((await value('$items[n > 1]', { items: [{ n: 1 }, { n: 2 }, { n: 3 }] })) as object)).toEqual([
      '0',
      '1',
    ]);
    expect(await value('{"a": $missing, "b": 1}')).toEqual({ b: 1 });
  });

  test('do not leak from one evaluation to another', async () => {
    expect(await Promise.all([1, 2, 3].map((n) => value('($x := $n; $x)', { n })))).toEqual([1, 2, 3]);
    await expect(value('$x')).rejects.toThrow(/undefined/);
  });

  test('of a text that is not an expression from end to end are the text', async () => {
    for (const text of [' {% 1 %}', '{% 1 %} ', '{ % 1 %}', '{%1%', 'a']) {
      expect(await evaluate(text, {}, 'Output')).toBe(text);
    }
  });

  test('that are missing are told with their place', async () => {
    await expect(evaluate({ a: ['x', { b: '{% $gone %}' }] }, {}, 'Arguments')).rejects.toMatchObject({
      location: 'Arguments/a[1]/b',
    });
  });
});
