import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../local/contracts.ts';
import { compilePattern, InvalidPattern } from '../../../local/event-pattern.ts';

const matches = (pattern: JsonObject, event: JsonObject): boolean => compilePattern(pattern)(event);
/** A pattern for the one field `a`. */
const field = (...matchers: Json[]): JsonObject => ({ a: matchers });

describe('a pattern', () => {
  test('needs every field that it names, and ignores the others', () => {
    const pattern = { source: ['waybill.orders'], 'detail-type': ['OrderCreated'] };
    expect(matches(pattern, { source: 'waybill.orders', 'detail-type': 'OrderCreated', extra: 1 })).toBe(true);
    expect(matches(pattern, { source: 'waybill.orders', 'detail-type': 'OrderCancelled' })).toBe(false);
    expect(matches(pattern, { source: 'waybill.orders' })).toBe(false);
  });

  test('accepts any value of a list', () => {
    const pattern = field('x', 'y');
    expect([{ a: 'x' }, { a: 'y' }, { a: 'z' }].map((event) => matches(pattern, event))).toEqual([true, true, false]);
  });

  test('nests as the event does', () => {
    const pattern = { detail: { payment: { status: ['declined'] } } };
    expect(matches(pattern, { detail: { payment: { status: 'declined' } } })).toBe(true);
    expect(matches(pattern, { detail: { payment: 'declined' } })).toBe(false);
    expect(matches(pattern, { detail: null })).toBe(false);
  });

  test('matches an array of the event by any of its elements', () => {
    expect(matches(field('x'), { a: ['w', 'x'] })).toBe(true);
    expect(matches(field('x'), { a: ['w'] })).toBe(false);
    expect(matches(field('x'), { a: [] })).toBe(false);
  });

  test('wants its nested fields in one and the same element of an array', () => {
    const pattern = { items: { sku: ['MUG'], quantity: [2] } };
    expect(
      matches(pattern, {
        items: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'MUG', quantity: 2 },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        items: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'TEA', quantity: 2 },
        ],
      }),
    ).toBe(false);
  });

  test('is not fooled by names that every object has', () => {
    expect(matches({ toString: [{ exists: true }] }, {})).toBe(false);
  });

  test('takes one of the alternatives of $or, beside its other fields', () => {
    const pattern = { source: ['s'], $or: [{ a: [1] }, { detail: { b: [{ prefix: 'x' }] } }] };
    expect(matches(pattern, { source: 's', a: 1 })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { b: 'xyz' } })).toBe(true);
    expect(matches(pattern, { source: 's', a: 2, detail: { b: 'abc' } })).toBe(false);
    expect(matches(pattern, { source: 't', a: 1 })).toBe(false);
  });

  test('has $or inside of nested objects too', () => {
    const pattern = { detail: { $or: [{ a: [1] }, { b: [1] }] } };
    expect(matches(pattern, { detail: { b: 1 } })).toBe(true);
    expect(matches(pattern, { a: 1, detail: { c: 1 } })).toBe(false);
  });
});

describe('a matcher', () => {
  const absent = Symbol('absent');
  test.each<[Json, readonly (Json | typeof absent)[], readonly (Json | typeof absent)[]]>([
    ['x', ['x'], ['X', '', null, absent, ['y']]],
    ['', [''], [' ', null, absent]],
    [100, [100, 1e2], ['100', 101]],
    [true, [true], [false, 'true']],
    [null, [null, [null]], ['null', 0, absent]],
    [{ exists: true }, ['x', null, false, ['x']], [absent, {}, []]],
    [{ exists: false }, [absent, {}, []], ['x', null]],
    [{ prefix: 'Order' }, ['OrderCreated', 'Order', ['x', 'OrderY']], ['order', 'anOrder', 1, absent]],
    [{ prefix: { 'equals-ignore-case': 'order' } }, ['OrderCreated', 'ORDER'], ['anOrder']],
    [{ suffix: '.png' }, ['a.png'], ['a.PNG', 'png', 1]],
    [{ suffix: { 'equals-ignore-case': '.png' } }, ['a.PNG'], ['a.jpg']],
    [{ 'equals-ignore-case': 'alice' }, ['ALICE', 'alice'], ['alices', 1]],
    [{ 'anything-but': 'x' }, ['y', 1, null, ['x', 'y']], ['x', ['x'], absent]],
    [{ 'anything-but': ['x', 'y'] }, ['z'], ['x', 'y', absent]],
    [{ 'anything-but': 5 }, [6, '5'], [5]],
    [{ 'anything-but': { prefix: 'x' } }, ['yx'], ['xy', absent]],
    [{ 'anything-but': { prefix: ['x', 'y'] } }, ['z'], ['xa', 'ya']],
    [{ 'anything-but': { suffix: 'x' } }, ['xy'], ['yx']],
    [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }, ['z'], ['X', 'Y']],
    [{ 'anything-but': { wildcard: '*/lib/*' } }, ['/usr/bin/x'], ['/usr/lib/x']],
    [{ numeric: ['=', 3.5] }, [3.5], [3, '3.5', absent]],
    [{ numeric: ['>', 0, '<=', 5] }, [1, 5], [0, 5.1, null]],
    [{ numeric: ['>=', 5] }, [5, 1e9], [4.999]],
    [{ numeric: ['<', -1] }, [-2, [0, -2]], [-1, 0]],
    [{ cidr: '10.0.0.0/24' }, ['10.0.0.255'], ['10.0.1.0', 'ten', '::1']],
    [{ cidr: '2001:db8::/32' }, ['2001:db8::1'], ['2001:db9::1', '10.0.0.1']],
    [{ wildcard: 'dir/*.png' }, ['dir/a.png', 'dir/.png', 'dir/a/b.png'], ['dir/a.jpg', 'xdir/a.png', 'dir/axpng']],
    [{ wildcard: '*' }, ['', 'x', 'two\nlines'], [1, absent]],
    [{ wildcard: 'a\\*b\\\\c' }, ['a*b\\c'], ['axb\\c']],
  ])('%j matches what it should and nothing else', (matcher, accepted, refused) => {
    const test = compilePattern(field(matcher));
    const eventWith = (value: Json | typeof absent): JsonObject => (value === absent ? {} : { a: value });
    expect(accepted.filter((value) => !test(eventWith(value)))).toEqual([]);
    expect(refused.filter((value) => test(eventWith(value)))).toEqual([]);
  });

  test('for absence holds when the object around the field is absent too', () => {
    const pattern = { detail: { a: [{ exists: false }] } };
    expect(matches(pattern, {})).toBe(true);
    expect(matches(pattern, { detail: [] })).toBe(true);
    expect(matches(pattern, { detail: [{ a: 1 }] })).toBe(false);
  });
});

test('what EventBridge refuses is named with its place', () => {
  const compile = () => compilePattern({ detail: { a: [{ regex: 'x' }] } });
  expect(compile).toThrow(InvalidPattern);
  expect(compile).toThrow('Unrecognized match type regex\n at detail.a');
});
