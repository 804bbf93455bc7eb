import type { Shape } from '../shape.ts';

/**
 * Where two shapes are so different that functions of two releases, each reading what the other writes, would not understand each other. A new field
 * may come when it may be missing, and one that may be missing may go: readers pass over fields that they do not know.
 * @param place what is compared, such as `OrderCreated.lines`
 */
export function differences(released: Shape, now: Shape, place: string): readonly string[] {
  const [before, after] = [kindsOf(released), kindsOf(now)];
  const [one, other] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && typeof one === 'object' && typeof other === 'object') {
    if ('fields' in one && 'fields' in other) return inFields(one.fields, other.fields, place);
    if ('list' in one && 'list' in other) return differences(one.list, other.list, `${place}[]`);
    if ('map' in one && 'map' in other) return differences(one.map, other.map, `${place}.*`);
  }
  const gone = before.filter((kind) => !has(after, kind));
  const added = after.filter((kind) => !has(before, kind));
  return [
    ...gone.map((kind) => `${place} was ${inWords(kind)} in stored events, and is not any more`),
    ...added.map((kind) => `${place} can be ${inWords(kind)}, which released readers do not know`),
  ];
}

function inFields(released: Fields, now: Fields, place: string): readonly string[] {
  const names = new Set([...Object.keys(released), ...Object.keys(now)].map((name) => name.replace(/\?$/, '')));
  return [...names].flatMap((name) => {
    const [before, after] = [fieldIn(released, name), fieldIn(now, name)];
    const field = `${place}.${name}`;
    if (before === undefined) return after!.isOptional ? [] : [`${field} is new, and stored events lack it`];
    if (after === undefined) return before.isOptional ? [] : [`${field} is gone, and released readers need it`];
    if (!before.isOptional && after.isOptional) return [`${field} may be missing, and released readers need it`];
    if (before.isOptional && !after.isOptional) return [`${field} is always there, and stored events may lack it`];
    return differences(before.shape, after.shape, field);
  });
}

type Fields = Readonly<Record<string, Shape>>;

function fieldIn(fields: Fields, name: string): { readonly shape: Shape; readonly isOptional: boolean } | undefined {
  const [always, sometimes] = [fields[name], fields[`${name}?`]];
  if (always !== undefined) return { shape: always, isOptional: false };
  return sometimes === undefined ? undefined : { shape: sometimes, isOptional: true };
}

const kindsOf = (shape: Shape): readonly Shape[] =>
  typeof shape === 'object' && 'oneOf' in shape ? shape.oneOf : [shape];

/** One of several kinds is the same only as a whole: readers tell them apart by their fields. */
const has = (kinds: readonly Shape[], wanted: Shape): boolean =>
  kinds.some((kind) => JSON.stringify(kind) === JSON.stringify(wanted));

const inWords = (shape: Shape): string => (typeof shape === 'string' ? shape : JSON.stringify(shape));
