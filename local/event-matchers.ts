import { BlockList, isIP } from 'node:net';
import type { Json, JsonObject } from './contracts.ts';

/** Decides on the scalar values that an event has at a field; there are none when the field is absent. */
export type Matcher = (leaves: readonly Json[]) => boolean;
type Test = (leaf: Json) => boolean;

/**
 * One element of a leaf's list: a literal, or an object with one content filter.
 * @throws RangeError for a filter that is malformed or not known.
 */
export function compileMatcher(matcher: Json): Matcher {
  if (Array.isArray(matcher)) throw new RangeError('a list cannot hold a list.');
  if (typeof matcher !== 'object' || matcher === null) return any((leaf) => leaf === matcher);
  const [filter, operand] = onlyEntry(matcher);
  if (filter === 'exists') {
    if (typeof operand !== 'boolean') throw new RangeError('exists needs true or false.');
    return (leaves) => leaves.length > 0 === operand;
  }
  if (filter === 'anything-but') return any(anythingBut(operand));
  return any(contentFilter(filter, operand));
}

const any =
  (test: Test): Matcher =>
  (leaves) =>
    leaves.some(test);

function onlyEntry(filter: JsonObject): [string, Json] {
  const entries = Object.entries(filter);
  if (entries.length !== 1) throw new RangeError(`a filter has exactly one name, got ${JSON.stringify(filter)}.`);
  return entries[0]!;
}

function contentFilter(filter: string, operand: Json): Test {
  switch (filter) {
    case 'prefix':
      return affix(operand, (text, part) => text.startsWith(part));
    case 'suffix':
      return affix(operand, (text, part) => text.endsWith(part));
    case 'equals-ignore-case': {
      const wanted = textOf(filter, operand).toLowerCase();
      return onText((text) => text.toLowerCase() === wanted);
    }
    case 'wildcard': {
      const expression = wildcardExpression(textOf(filter, operand));
      return onText((text) => expression.test(text));
    }
    case 'numeric':
      return numeric(operand);
    case 'cidr':
      return cidr(textOf(filter, operand));
    default:
      throw new RangeError(`the filter ${filter} is not known.`);
  }
}

const onText =
  (test: (text: string) => boolean): Test =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

function textOf(filter: string, operand: Json): string {
  if (typeof operand !== 'string' || operand === '') {
    throw new RangeError(`${filter} needs a text, got ${JSON.stringify(operand)}.`);
  }
  return operand;
}

/** `"part"` or `{"equals-ignore-case": "part"}`. */
function affix(operand: Json, matches: (text: string, part: string) => boolean): Test {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const [name, value] = onlyEntry(operand);
    if (name !== 'equals-ignore-case') throw new RangeError(`prefix and suffix know equals-ignore-case, not ${name}.`);
    const part = textOf(name, value).toLowerCase();
    return onText((text) => matches(text.toLowerCase(), part));
  }
  const part = textOf('prefix or suffix', operand);
  return onText((text) => matches(text, part));
}

/** True for a value that is none of the listed ones; `{"anything-but": {"prefix": …}}` negates a filter on text. */
function anythingBut(operand: Json): Test {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const [filter, value] = onlyEntry(operand);
    if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(filter)) {
      throw new RangeError(`anything-but cannot negate ${filter}.`);
    }
    const tests = (Array.isArray(value) ? value : [value]).map((one) => contentFilter(filter, one));
    if (tests.length === 0) throw new RangeError('anything-but needs a value.');
    return (leaf) => !tests.some((test) => test(leaf));
  }
  const excluded = Array.isArray(operand) ? operand : [operand];
  const allowed =
    excluded.length > 0 &&
    (excluded.every((one) => typeof one === 'string') || excluded.every((one) => typeof one === 'number'));
  if (!allowed) throw new RangeError('anything-but needs texts or numbers.');
  return (leaf) => !excluded.some((one) => one === leaf);
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 0]` or a range such as `[">=", 0, "<", 100]`. */
function numeric(operand: Json): Test {
  if (!Array.isArray(operand) || ![2, 4].includes(operand.length)) {
    throw new RangeError('numeric needs one comparison, or two for a range.');
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [sign, bound] = [operand[index], operand[index + 1]];
    const compare = typeof sign === 'string' && Object.hasOwn(comparisons, sign) ? comparisons[sign] : undefined;
    if (compare === undefined || typeof bound !== 'number') {
      throw new RangeError(`numeric does not know ${JSON.stringify([sign, bound])}.`);
    }
    tests.push((value) => compare(value, bound));
  }
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

/** `*` stands for any text; `\*` and `\\` for themselves. */
function wildcardExpression(wildcard: string): RegExp {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(wildcard)) throw new RangeError('a wildcard cannot have two * in a row.');
  const source = wildcard.replace(/\\([*\\])|\*|[^*\\]+|\\/g, (part, literal: string | undefined) => {
    if (literal !== undefined) return escaped(literal);
    if (part === '\\') throw new RangeError('in a wildcard, \\ stands before * or \\.');
    return part === '*' ? '.*' : escaped(part);
  });
  return new RegExp(`^${source}$`, 's');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function cidr(range: string): Test {
  const [address = '', bits = ''] = range.split('/');
  const family = isIP(address);
  const prefix = Number(bits);
  if (family === 0 || !/^\d+$/.test(bits) || prefix > (family === 4 ? 32 : 128)) {
    throw new RangeError(`cidr needs a range such as 10.0.0.0/24, got ${range}.`);
  }
  const list = new BlockList();
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return onText((text) => isIP(text) === family && list.check(text, family === 4 ? 'ipv4' : 'ipv6'));
}
