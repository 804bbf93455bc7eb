import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, itemIn, lineOf } from '../../../../launch/backup/items.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((one) => new Uint8Array(one));
/** Attributes may be called as types are. */
const name = fc.oneof(fc.constantFrom('B', 'BS', 'N', 'S', 'M', 'Item'), fc.string({ minLength: 1, maxLength: 5 }));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ S: fc.string() }),
    fc.record({ N: fc.constantFrom('0', '-1', '12345678901234567890123456789012345678', '1.5') }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ NULL: fc.constant(true) }),
    fc.record({ B: bytes }),
    fc.record({ BS: fc.array(bytes, { minLength: 1, maxLength: 3 }) }),
    fc.record({ SS: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }) }),
    fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }),
    fc.record({ M: fc.dictionary(name, tie('value'), { maxKeys: 3 }) }),
  ),
}));

describe('An item on a line of a file', () => {
  test('comes back as it was, with every digit and every byte', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }), (item) => {
        const line = lineOf(item as Item);
        expect(line).not.toContain('\n');
        expect(itemIn(line)).toEqual(item);
      }),
    );
  });

  test('is as DynamoDB’s own exports have it', () => {
    const item: Item = { id: { S: 'o-1' }, n: { N: '12900' }, key: { B: new Uint8Array([1, 2, 255]) } };
    expect(lineOf(item)).toBe('{"Item":{"id":{"S":"o-1"},"n":{"N":"12900"},"key":{"B":"AQL/"}}}');
  });

  test.each(['', 'nonsense', '{"item":{}}', '{"Item":null}', '[]'])('is not “%s”', (line) => {
    expect(() => itemIn(line)).toThrow('expected {"Item":{…}} as DynamoDB’s exports have it'.replace('’', "'"));
  });
});
