/** Attribute values as clients write them, with those that an engine easily gets wrong. */
import fc from 'fast-check';
import type { JsonObject } from '../../local/contracts.ts';

type Value = fc.Arbitrary<JsonObject>;

/** Of 38 digits, with exponents, zeros and signs that DynamoDB does not keep; the largest and the smallest. */
const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '7',
  '0.5',
  '-1.50',
  '100',
  '1E2',
  '0.1',
  '0.2',
  '1e-7',
  '00012.340',
  '12345678901234567890123456789012345678',
  '0.12345678901234567890123456789012345678',
  '-99999999999999999999999999999999999999',
  '9007199254740993',
  '9.9999999999999999999999999999999999999E+125',
  '1E-130',
];
const TEXTS = ['', 'a', 'A', 'ab', 'b', 'é', '😀', 'a'.repeat(1_100), ' ', '\u0000', '"'];
const BINARIES = ['', 'AA==', 'AQI=', '/w=='];

export const number = fc.constantFrom(...NUMBERS);
export const textValue: Value = fc.constantFrom(...TEXTS).map((S) => ({ S }));
export const numberValue: Value = number.map((N) => ({ N }));
export const binaryValue: Value = fc.constantFrom(...BINARIES).map((B) => ({ B }));
const setOf = (name: string, elements: readonly string[]): Value =>
  fc.uniqueArray(fc.constantFrom(...elements), { minLength: 1, maxLength: 3 }).map((set) => ({ [name]: set }));

export const numberSet = setOf('NS', ['1', '2', '2.5', '-3', '12345678901234567890123456789012345678']);
export const textSet = setOf('SS', ['a', 'b', 'ab', 'é']);
const scalar: Value = fc.oneof(
  textValue,
  numberValue,
  binaryValue,
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
);

export const value: Value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  textSet,
  numberSet,
  setOf('BS', ['AA==', 'AQI=', '/w==']),
  fc.array(scalar, { maxLength: 3 }).map((L) => ({ L })),
  fc.dictionary(fc.constantFrom('x', 'y'), scalar, { maxKeys: 2 }).map((M) => ({ M })),
  fc.constantFrom<JsonObject>(
    { M: { x: { M: {} } } },
    { L: [{ L: [] }] },
    { M: { x: { L: [{ M: { y: { S: '' } } }] } } },
  ),
);
