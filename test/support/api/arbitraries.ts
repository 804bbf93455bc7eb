/** Values that are valid by a JSON Schema of the API document, and ways to damage them. */
import type { JsonSchema } from '../../../functions/api-docs/http/document/document-types.ts';
import fc from '../run/properties.ts';

type Arbitrary = fc.Arbitrary<unknown>;
type Schemas = Readonly<Record<string, JsonSchema>>;

/** Values of the schema; keywords that are not known here have no effect. */
export function arbitraryOf(schema: JsonSchema, components: Schemas): Arbitrary {
  const {
    $ref,
    type,
    enum: values,
    const: value,
    anyOf,
    oneOf,
  } = schema as {
    $ref?: string;
    type?: string;
    enum?: unknown[];
    const?: unknown;
    anyOf?: JsonSchema[];
    oneOf?: JsonSchema[];
  };
  if ($ref !== undefined) return arbitraryOf(components[$ref.split('/').at(-1)!]!, components);
  if (values !== undefined) return fc.constantFrom(...values);
  if (value !== undefined) return fc.constant(value);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, components)));
  switch (type) {
    case 'string':
      return text(schema as TextSchema);
    case 'integer':
      return fc.integer({ min: bounded(schema.minimum, 0), max: bounded(schema.maximum, 2 ** 31 - 1) });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return list(schema as unknown as ListSchema, components);
    case 'object':
      return 'propertyNames' in schema
        ? record(schema as unknown as RecordSchema, components)
        : object(schema as unknown as ObjectSchema, components);
    default:
      return fc.jsonValue();
  }
}

interface TextSchema {
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}
interface ListSchema {
  readonly items: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
}
interface ObjectSchema {
  readonly properties: Schemas;
  readonly required?: readonly string[];
}
/** An object whose fields have any names. */
interface RecordSchema {
  readonly propertyNames: JsonSchema;
  readonly additionalProperties: JsonSchema;
}

function text({ format, pattern, minLength = 0, maxLength = 128 }: TextSchema): Arbitrary {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return day.map((iso) => iso.slice(0, 10));
  if (format === 'date-time') return day;
  if (pattern !== undefined) {
    return fc.stringMatching(new RegExp(pattern, 'u')).filter((value) => [...value].length <= maxLength);
  }
  return fc.string({ minLength, maxLength: Math.min(maxLength, 80), unit: 'grapheme' });
}

const list = ({ items, minItems = 0, maxItems = 4 }: ListSchema, components: Schemas): Arbitrary =>
  fc.array(arbitraryOf(items, components), {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, 4)),
  });

const object = ({ properties, required = [] }: ObjectSchema, components: Schemas): Arbitrary =>
  fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, arbitraryOf(field, components)])),
    { requiredKeys: [...required] },
  );

const record = ({ propertyNames, additionalProperties }: RecordSchema, components: Schemas): Arbitrary =>
  fc.dictionary(
    arbitraryOf(propertyNames, components) as fc.Arbitrary<string>,
    arbitraryOf(additionalProperties, components),
    { maxKeys: 4 },
  );

const bounded = (limit: unknown, otherwise: number): number =>
  typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : otherwise;

/** Values that are wrong in nearly every place of a request, attacks among them. */
export const junk: Arbitrary = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    0,
    -1,
    0.5,
    1e308,
    -1e308,
    2 ** 53,
    1e-7,
    [],
    {},
    [[]],
    [null],
    { $ne: null },
    { '': '' },
    '\u0000',
    '\ud800',
    '\u202e',
    'İ',
    '👩‍👩‍👧‍👦',
    '../..',
    "'; DROP TABLE orders; --",
    '{{7*7}}',
    '${jndi:ldap://x}',
    '<script>',
    'x'.repeat(20_000),
    '9'.repeat(400),
    'constructor',
    'toString',
    '2026-02-30',
    '+275760-09-13T00:00:00.001Z',
    '00000000-0000-0000-0000-000000000000',
  ),
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** The value with one part missing, replaced or added. */
export const damaged = (value: unknown): Arbitrary => {
  const places = placesIn(value);
  const somewhere = fc.constantFrom(...places);
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(somewhere, junk).map(([place, other]) => changed(value, place, () => other)) },
    { weight: 1, arbitrary: somewhere.map((place) => changed(value, place, () => undefined)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(somewhere, fc.constantFrom('extra', '', '__proto__', 'constructor', 'price'), junk)
        .map(([place, name, other]) => changed(value, place, (inner) => withField(inner, name, other))),
    },
  );
};

type Place = readonly (string | number)[];

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [
    place,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesIn(inner, [...place, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function changed(value: unknown, [key, ...rest]: Place, change: (inner: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...(value as unknown[])] as never)
    : { ...(value as object) };
  copy[key] = changed(copy[key], rest, change);
  return copy;
}

/** Defines the field instead of assigning it, so that `__proto__` becomes an ordinary field. */
function withField(value: unknown, name: string, field: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return field;
  return Object.defineProperty({ ...value }, name, { value: field, enumerable: true });
}
