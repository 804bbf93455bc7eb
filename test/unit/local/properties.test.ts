import { expect, test } from 'vitest';
import { textOf } from '../../../local/properties.ts';

test('Text is text, a number or a truth value; anything else is refused, not shown as [object Object]', () => {
  expect([textOf('a'), textOf(1), textOf(false)]).toEqual(['a', '1', 'false']);
  expect(() => textOf({ Ref: 'x' })).toThrow('{"Ref":"x"}');
  expect(() => textOf(undefined)).toThrow('nothing');
});
