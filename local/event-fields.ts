/** The fields of an event as event patterns see them: by path, whatever the nesting. */
import type { Json, JsonObject } from './contracts.ts';

/** A scalar value of an event. */
export interface FieldValue {
  readonly value: Json;
  /** In which element of each array on its path it stands; a list of scalar values is no such array. */
  readonly elements: ReadonlyMap<readonly Json[], number>;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The scalar values at a path such as `detail.items.sku`: none when the field is absent, an object or an empty array. */
export function valuesAt(event: Json | undefined, path: string): FieldValue[] {
  return collect(event, path, new Map());
}

/** @param path what is left of it; undefined at its end */
function collect(node: Json | undefined, path: string | undefined, elements: FieldValue['elements']): FieldValue[] {
  if (node === undefined) return [];
  if (Array.isArray(node)) {
    return node.flatMap((element, index) =>
      collect(element, path, typeof element === 'object' ? new Map([...elements, [node, index]]) : elements),
    );
  }
  if (path === undefined) return isObject(node) ? [] : [{ value: node, elements }];
  return isObject(node) ? namesIn(node, path).flatMap((name) => collect(node[name], rest(path, name), elements)) : [];
}

/** The names in an object with which the path can go on: its first step, or several that one dotted name has together. */
function namesIn(node: JsonObject, path: string): string[] {
  const found: string[] = [];
  for (let end = path.indexOf('.'); end !== -1; end = path.indexOf('.', end + 1)) {
    if (Object.hasOwn(node, path.slice(0, end))) found.push(path.slice(0, end));
  }
  return Object.hasOwn(node, path) ? [...found, path] : found;
}

const rest = (path: string, name: string): string | undefined =>
  name.length === path.length ? undefined : path.slice(name.length + 1);
