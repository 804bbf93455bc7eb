/** Forms with names such as `metadata[order_id]` and `payment_method_types[0]`, as the gateway's merchants send them. */

export interface Fields {
  readonly [name: string]: string | Fields;
}

const NAME = /^(?<first>[^[\]]+)(?<rest>(?:\[[^[\]]*\])*)$/;
const MAX_DEPTH = 5;

/** The fields of a form, or of a query; a list is an object whose names are its places. undefined when a name is none. */
export function fieldsOf(form: URLSearchParams): Fields | undefined {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of form) {
    const { first, rest } = NAME.exec(name)?.groups ?? {};
    const path = [first ?? '', ...(rest ?? '').split(/[[\]]+/).slice(1, -1), ...(rest?.endsWith('[]') ? [''] : [])];
    if (first === undefined || path.length > MAX_DEPTH || !put(fields, path, value)) return undefined;
  }
  return fields as Fields;
}

/** @returns whether it has a place there */
function put(fields: Record<string, unknown>, path: readonly string[], value: string): boolean {
  let place = fields;
  for (const name of path.slice(0, -1)) {
    place[name] ??= Object.create(null);
    if (typeof place[name] !== 'object') return false;
    place = place[name] as Record<string, unknown>;
  }
  const last = path.at(-1)!;
  // `list[]`: the next place.
  place[last === '' ? String(Object.keys(place).length) : last] = value;
  return true;
}
