import { DefinitionError, type Faults, type Place } from './definition-error.ts';
import type { Fields } from './fields.ts';

/** Tells the fields that an object lacks. */
export function* missingFields(value: object, place: Place, names: readonly string[]): Faults {
  for (const name of names) {
    if (!Object.hasOwn(value, name)) yield new DefinitionError(place.field(name), 'it is missing');
  }
}

/**
 * Tells the fields that cannot be there, and values that a field cannot have.
 * @returns the object with the other fields, or undefined for what is no object
 */
export function* soundFields<Kind extends object>(
  value: Kind,
  place: Place,
  fields: Fields,
): Faults<Partial<Kind> | undefined> {
  if (typeof value !== 'object' || (value as Kind | null) === null || Array.isArray(value)) {
    yield new DefinitionError(place, `it is ${JSON.stringify(value)}; expected an object`);
    return undefined;
  }
  const sound: Partial<Record<string, unknown>> = {};
  for (const [name, content] of Object.entries(value)) {
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const expected = check?.(content);
    if (check && !expected) sound[name] = content;
    else yield new DefinitionError(place.field(name), wrong(content, expected, fields));
  }
  return sound as Partial<Kind>;
}

const wrong = (content: unknown, expected: string | undefined, fields: Fields): string =>
  expected === undefined
    ? `there is no such field here, in JSONata; there is ${Object.keys(fields).join(', ')}`
    : `it is ${JSON.stringify(content)}; expected ${expected}`;

/** Whether a field is there, but with a value that has been told as wrong. */
export const isUnsound = (value: object, sound: object, name: string): boolean =>
  Object.hasOwn(value, name) && !Object.hasOwn(sound, name);
