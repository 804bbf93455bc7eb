/**
 * EventBridge event patterns. A pattern names fields by their paths, and gives each a list of matchers of which one must
 * match; `$or` holds alternatives. As on AWS, a dot in a name is a step of the path: `{"a.b": …}` and `{"a": {"b": …}}` are
 * the same, in patterns and in events.
 */
import type { Json, JsonObject } from './contracts.ts';
import { type FieldValue, isObject, valuesAt } from './event-fields.ts';
import { compileMatcher, type Matcher } from './event-matchers.ts';

/** Thrown for a pattern that EventBridge refuses. The message is EventBridge's; its second line says where. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}

export type Predicate = (event: Json | undefined) => boolean;

/** The matchers of each path, all of which must match. */
type Conjunction = ReadonlyMap<string, readonly Matcher[]>;

/** Patterns multiply when several `$or` stand beside each other; EventBridge allows this many combinations. */
const MAX_ALTERNATIVES = 1_000;

/** Names that mean something to matchers cannot be fields in an alternative of `$or`, where they are a mistake. */
const MATCHER_NAMES: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>='],
]);

/** @throws InvalidPattern */
export function compilePattern(pattern: Json): Predicate {
  if (!isObject(pattern)) throw refusal('Filter is not an object', '');
  const alternatives = addObject([new Map()], pattern, { path: '', inOr: false });
  return (event) => alternatives.some((fields) => matchesAll(event, [...fields]));
}

interface Place {
  readonly path: string;
  readonly inOr: boolean;
}

function addObject(alternatives: Conjunction[], pattern: JsonObject, place: Place): Conjunction[] {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw refusal('Empty objects are not allowed', place.path);
  return fields.reduce((sofar, [name, value]) => addField(sofar, name, value, place), alternatives);
}

function addField(alternatives: Conjunction[], name: string, value: Json, { path, inOr }: Place): Conjunction[] {
  if (name === '$or') return addAlternatives(alternatives, value, path);
  const here = path === '' ? name : `${path}.${name}`;
  if (inOr && MATCHER_NAMES.has(name)) {
    throw refusal(`${name} is Ruler reserved fieldName which cannot be used inside $or.`, here);
  }
  if (isObject(value)) return addObject(alternatives, value, { path: here, inOr });
  if (!Array.isArray(value)) throw refusal(`"${name}" must be an object or an array`, here);
  if (value.length === 0) throw refusal('Empty arrays are not allowed', here);
  const matchers = value.map((matcher) => compileAt(matcher, here));
  return alternatives.map((fields) => new Map([...fields, [here, matchers]]));
}

function addAlternatives(alternatives: Conjunction[], or: Json, path: string): Conjunction[] {
  if (!Array.isArray(or)) throw refusal('It must be an Array followed with $or.', path);
  if (!or.every(isObject)) throw refusal('Only JSON object is allowed in array of $or relationship.', path);
  if (or.length < 2) throw refusal('There must have at least 2 Objects in $or relationship.', path);
  if (alternatives.length * or.length > MAX_ALTERNATIVES) {
    throw refusal(`The rule has more than ${MAX_ALTERNATIVES} combinations of $or`, path);
  }
  return or.flatMap((alternative) => addObject(alternatives, alternative, { path, inOr: true }));
}

function compileAt(matcher: Json, path: string): Matcher {
  try {
    return compileMatcher(matcher);
  } catch (error) {
    throw error instanceof RangeError ? refusal(error.message, path) : error;
  }
}

const refusal = (reason: string, path: string): InvalidPattern =>
  new InvalidPattern(`${reason}\n at ${path || 'the top of the pattern'}`);

/**
 * Whether each field has a value that matches, where values out of one array are of one and the same element. A field for
 * which absence is enough is absent in the whole event.
 */
function matchesAll(
  event: Json | undefined,
  fields: readonly (readonly [string, readonly Matcher[]])[],
  chosen: FieldValue['elements'] = new Map(),
): boolean {
  const [first, ...others] = fields;
  if (first === undefined) return true;
  const [path, matchers] = first;
  const values = valuesAt(event, path);
  if (values.length === 0) {
    return matchers.some((matches) => matches(undefined)) && matchesAll(event, others, chosen);
  }
  return values.some(
    ({ value, elements }) =>
      matchers.some((matches) => matches(value)) &&
      [...elements].every(([array, index]) => (chosen.get(array) ?? index) === index) &&
      matchesAll(event, others, new Map([...chosen, ...elements])),
  );
}
