/**
 * EventBridge event patterns. A pattern mirrors the event: objects nest, and at each leaf stands a list of matchers of
 * which one must match. An array in the event matches when one of its elements does. `$or` holds alternatives.
 */
import type { Json, JsonObject } from './contracts.ts';
import { compileMatcher, type Matcher } from './event-matchers.ts';

/** Thrown for a pattern that EventBridge would refuse, or that uses what this runtime does not have. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}

export type Predicate = (event: Json | undefined) => boolean;

/** @throws InvalidPattern */
export function compilePattern(pattern: JsonObject): Predicate {
  return compileObject(pattern, '');
}

function compileObject(pattern: JsonObject, path: string): Predicate {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw new InvalidPattern(`The pattern at ${path || 'the top'} is empty.`);
  const tests = fields.map(([name, value]) =>
    name === '$or' ? compileAlternatives(value, path) : compileField(name, value, path),
  );
  const test = (event: Json | undefined): boolean => tests.every((matches) => matches(event));
  // Elements of an array are matched one by one, so that one element must satisfy all the fields of a pattern.
  return (event) => (Array.isArray(event) && event.length > 0 ? event.some(test) : test(event));
}

function compileAlternatives(alternatives: Json, path: string): Predicate {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject)) {
    throw new InvalidPattern(`$or at ${path || 'the top'} needs a list of at least two patterns.`);
  }
  const tests = alternatives.map((alternative) => compileObject(alternative, `${path}.$or`));
  return (event) => tests.some((matches) => matches(event));
}

function compileField(name: string, value: Json, path: string): Predicate {
  const here = path === '' ? name : `${path}.${name}`;
  const valueOf = (event: Json | undefined): Json | undefined =>
    isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
  if (isObject(value)) {
    const test = compileObject(value, here);
    return (event) => test(valueOf(event));
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidPattern(`${here} needs a list of values or a nested pattern, got ${JSON.stringify(value)}.`);
  }
  const matchers = value.map((matcher) => compileLeaf(matcher, here));
  return (event) => {
    const leaves = leavesOf(valueOf(event));
    return matchers.some((matches) => matches(leaves));
  };
}

function compileLeaf(matcher: Json, path: string): Matcher {
  try {
    return compileMatcher(matcher);
  } catch (error) {
    throw error instanceof RangeError ? new InvalidPattern(`${path}: ${error.message}`) : error;
  }
}

/** The scalar values at a field: none when it is absent, an object or an empty array. */
function leavesOf(value: Json | undefined): Json[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [value];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
