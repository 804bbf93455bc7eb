/** Every constraint of a JSON Schema, and a value that violates it alone. */

export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

type Path = readonly (string | number)[];

export interface Violation {
  /** The constraint and its place, such as `/items/0/quantity maximum`. */
  readonly name: string;
  readonly value: unknown;
}

/**
 * The violations of `schema` within a value that it takes. A part that the value does not have is put there with a wrong type, and
 * nothing within it is violated.
 */
export const violationsOf = (schema: JsonSchema, value: unknown): Violation[] =>
  within(schema, value, [], value, ({ $ref, ...own }) => ($ref ? schema.$defs![$ref.slice('#/$defs/'.length)]! : own));

function within(
  given: JsonSchema,
  root: unknown,
  path: Path,
  value: unknown,
  resolve: (of: JsonSchema) => JsonSchema,
): Violation[] {
  const schema = resolve(given);
  const branches = schema.oneOf ?? schema.anyOf ?? [];
  if (branches.length > 0) {
    const fitting = branches.map(resolve).find((branch) => fits(branch, value));
    return fitting ? within(fitting, root, path, value, resolve) : [];
  }
  const own = wrongValues(schema, value).map(([constraint, wrong]) => ({
    name: `${path.map((part) => `/${part}`).join('')} ${constraint}`,
    value: path.length === 0 ? wrong : replaced(root, path, wrong),
  }));
  if (value === undefined) return own;
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    within(field, root, [...path, name], (value as Readonly<Record<string, unknown>>)[name], resolve),
  );
  const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const entries = schema.items && first !== undefined ? within(schema.items, root, [...path, 0], first, resolve) : [];
  return [...own, ...fields, ...entries];
}

function wrongValues(schema: JsonSchema, value: unknown): (readonly [constraint: string, wrong: unknown])[] {
  const { type, minimum, maximum, minItems, maxItems, uniqueItems, maxLength, pattern } = schema;
  const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
  const first = list?.[0];
  return [
    ['type', type === 'string' ? 7 : 'x'],
    ['null', null],
    ...(type === 'integer' ? [['whole', 1.5] as const] : []),
    ...(minimum === undefined ? [] : [['minimum', minimum - 1] as const]),
    ...(maximum === undefined ? [] : [['maximum', maximum + 1] as const]),
    ...(schema.enum || schema.const !== undefined ? [['enum', 'no-such'] as const] : []),
    ...(pattern === undefined ? [] : [['pattern', '\u0000'] as const]),
    ...(maxLength === undefined ? [] : [['maxLength', 'x'.repeat(maxLength + 1)] as const]),
    ...(minItems === undefined ? [] : [['minItems', []] as const]),
    ...(maxItems === undefined || first === undefined ? [] : [['maxItems', Array(maxItems + 1).fill(first)] as const]),
    ...(uniqueItems !== true || first === undefined ? [] : [['uniqueItems', [first, first]] as const]),
    ...(schema.properties && isObject(value)
      ? [
          ['additionalProperties', { ...value, noSuch: 1 }] as const,
          ...(schema.required ?? []).map((name) => [`required ${name}`, { ...value, [name]: undefined }] as const),
        ]
      : []),
  ];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the value is of this branch of a union: all its constants are there. */
const fits = ({ properties = {} }: JsonSchema, value: unknown): boolean =>
  isObject(value) &&
  Object.entries(properties).every(([name, { const: constant }]) => constant === undefined || value[name] === constant);

function replaced(value: unknown, [first, ...rest]: Path, wrong: unknown): unknown {
  if (first === undefined) return wrong;
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((entry, index) =>
      index === first ? replaced(entry, rest, wrong) : entry,
    );
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [first]: replaced(fields[first], rest, wrong) };
}
