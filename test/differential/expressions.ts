/** Conditions, filters, projections and updates over the attributes of drawn items. */
import fc from 'fast-check';
import type { JsonObject } from '../../local/contracts.ts';
import { binaryValue, numberSet, numberValue, textSet, textValue, value } from './values.ts';

/** An expression with what it names: the names and values of parts are apart because parts are numbered. */
export interface Expression {
  readonly text: string;
  readonly values: JsonObject;
}

/** Of items besides their keys. `kind` and `rank` are the keys of the index. */
export const ATTRIBUTES = ['a', 'b', 'c', 'rank', 'kind'] as const;
const PATHS = [...ATTRIBUTES, 'a.x', 'b.x.y', 'a[0]', 'b[1]', 'missing'] as const;
/** Words that are reserved, and others for all alike: each name of a path is given by a placeholder. */
const placed = (path: string): string => path.replaceAll(/[a-z]+/g, (name) => `#${name}`);
export const NAMES: JsonObject = Object.fromEntries(
  [...ATTRIBUTES, 'x', 'y', 'missing', 'id', 'at'].map((name) => [`#${name}`, name]),
);

const path = fc.constantFrom(...PATHS).map(placed);
const part = (text: string, ...values: JsonObject[]): { text: string; values: JsonObject[] } => ({ text, values });
type Part = ReturnType<typeof part>;

/** The others are refused by AWS. */
const hasOrder = fc.oneof(textValue, numberValue, binaryValue);
const twoPaths = fc.uniqueArray(path, { minLength: 2, maxLength: 2 });

const comparison: fc.Arbitrary<Part> = fc.oneof(
  fc.tuple(path, fc.constantFrom('=', '<>'), value).map(([left, sign, right]) => part(`${left} ${sign} ?`, right)),
  fc
    .tuple(path, fc.constantFrom('<', '<=', '>', '>='), hasOrder)
    .map(([left, sign, right]) => part(`${left} ${sign} ?`, right)),
  fc.tuple(twoPaths, fc.constantFrom('=', '<>', '<')).map(([[left, right], sign]) => part(`${left} ${sign} ${right}`)),
  fc
    .tuple(path, fc.constantFrom(['-1.50', '0.5'], ['1', '1'], ['0', '1E2']))
    .map(([of, [low, high]]) => part(`${of} BETWEEN ? AND ?`, { N: low }, { N: high })),
  fc.tuple(path, value, value).map(([of, one, other]) => part(`${of} IN (?, ?)`, one, other)),
  fc
    .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), path)
    .map(([test, of]) => part(`${test}(${of})`)),
  fc
    .tuple(path, fc.constantFrom('S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'))
    .map(([of, S]) => part(`attribute_type(${of}, ?)`, { S })),
  fc.tuple(path, textValue).map(([of, start]) => part(`begins_with(${of}, ?)`, start)),
  fc.tuple(path, value).map(([of, element]) => part(`contains(${of}, ?)`, element)),
  fc.tuple(path, fc.nat(5)).map(([of, size]) => part(`size(${of}) > ?`, { N: String(size) })),
);

const combined: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: comparison },
  fc
    .tuple(comparison, fc.constantFrom('AND', 'OR'), comparison)
    .map(([left, word, right]) => part(`${left.text} ${word} ${right.text}`, ...left.values, ...right.values)),
  comparison.map(({ text, values }) => part(`NOT (${text})`, ...values)),
);

/** The values take the places of the question marks, under names with a prefix of the expression's own. */
const numbered = ({ text, values }: Part, prefix: string): Expression => {
  let count = 0;
  return {
    text: text.replaceAll('?', () => `:${prefix}${(count += 1)}`),
    values: Object.fromEntries(values.map((one, index) => [`:${prefix}${index + 1}`, one])),
  };
};

export const condition = combined.map((drawn) => numbered(drawn, 'c'));
/** For a filter over the index, which has only some attributes. */
export const conditionOfIndex = fc.oneof(
  fc.tuple(fc.constantFrom('#a', '#a.#x'), value).map(([left, right]) => numbered(part(`${left} = ?`, right), 'c')),
  fc.constantFrom('#a', '#a[0]').map((of) => numbered(part(`attribute_exists(${of})`), 'c')),
);
export const projection = fc
  .uniqueArray(fc.constantFrom('id', 'at', 'a', 'b.x', 'c', 'a[0]', 'missing'), { minLength: 1, maxLength: 3 })
  .map((paths) => paths.map(placed).join(', '));

const attribute = fc.constantFrom('a', 'b', 'c').map(placed);
const set: fc.Arbitrary<Part> = fc.oneof(
  fc.tuple(path, value).map(([of, to]) => part(`${of} = ?`, to)),
  fc
    .tuple(attribute, attribute, fc.constantFrom('+', '-'), numberValue)
    .map(([of, from, sign, by]) => part(`${of} = ${from} ${sign} ?`, by)),
  fc
    .tuple(attribute, attribute, numberValue, numberValue)
    .map(([of, from, start, by]) => part(`${of} = if_not_exists(${from}, ?) + ?`, start, by)),
  fc
    .tuple(attribute, value)
    .map(([of, element]) => part(`${of} = list_append(if_not_exists(${of}, ?), ?)`, { L: [] }, { L: [element] })),
  fc.tuple(attribute, path).map(([of, from]) => part(`${of} = ${from}`)),
);
const update: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: set.map(({ text, values }) => part(`SET ${text}`, ...values)) },
  path.map((of) => part(`REMOVE ${of}`)),
  fc.tuple(attribute, fc.oneof(numberValue, numberSet, textSet)).map(([of, by]) => part(`ADD ${of} ?`, by)),
  fc.tuple(attribute, fc.oneof(numberSet, textSet)).map(([of, what]) => part(`DELETE ${of} ?`, what)),
  fc.tuple(set, attribute).map(([{ text, values }, gone]) => part(`SET ${text} REMOVE ${gone}`, ...values)),
);
export const updates = update.map((drawn) => numbered(drawn, 'u'));
