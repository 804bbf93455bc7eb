/** Matchers of event patterns. What EventBridge refuses is refused in its words. */
import { BlockList, isIP } from 'node:net';
import type { Json, JsonObject } from './contracts.ts';
import { compileWildcard } from './event-wildcard.ts';

/** Decides on one scalar value of a field, or on `undefined` when the event does not have the field. */
export type Matcher = (value: Json | undefined) => boolean;
type Test = (value: Json) => boolean;

/**
 * One element of a field's list: a literal, or an object with one content filter.
 * @throws RangeError for a filter that is malformed or not known.
 */
export function compileMatcher(matcher: Json): Matcher {
  if (Array.isArray(matcher)) throw new RangeError('Match value must be String, number, true, false, or null');
  if (typeof matcher !== 'object' || matcher === null) return (value) => value === matcher;
  const [filter, operand] = onlyEntry(matcher, 'Match expression name not found');
  if (filter === 'exists') {
    if (typeof operand !== 'boolean') throw new RangeError('exists match pattern must be either true or false.');
    return (value) => (value !== undefined) === operand;
  }
  const test = filter === 'anything-but' ? anythingBut(operand) : contentFilter(filter, operand);
  return (value) => value !== undefined && test(value);
}

function onlyEntry(filter: JsonObject, whenEmpty: string): [string, Json] {
  const [first, ...others] = Object.entries(filter);
  if (first === undefined) throw new RangeError(whenEmpty);
  if (others.length > 0) throw new RangeError('Only one key allowed in match expression');
  return first;
}

function contentFilter(filter: string, operand: Json): Test {
  switch (filter) {
    case 'exactly': {
      const wanted = textOf('exact', operand);
      return (value) => value === wanted;
    }
    case 'prefix':
      return affix('prefix', operand, (text, part) => text.startsWith(part));
    case 'suffix':
      return affix('suffix', operand, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return equalsIgnoreCase(textOf(filter, operand));
    case 'wildcard':
      return onText(compileWildcard(textOf(filter, operand)));
    case 'numeric':
      return numeric(operand);
    case 'cidr':
      return cidr(textOf('prefix', operand));
    default:
      throw new RangeError(`Unrecognized match type ${filter}`);
  }
}

const onText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

function textOf(filter: string, operand: Json): string {
  if (typeof operand !== 'string') throw new RangeError(`${filter} match pattern must be a string`);
  return operand;
}

function equalsIgnoreCase(operand: string): Test {
  const wanted = operand.toLowerCase();
  return onText((text) => text.toLowerCase() === wanted);
}

/** `"part"` or `{"equals-ignore-case": "part"}`. */
function affix(filter: 'prefix' | 'suffix', operand: Json, matches: (text: string, part: string) => boolean): Test {
  if (isFilter(operand)) {
    const [name, value] = onlyEntry(operand, `${filter === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
    if (name !== 'equals-ignore-case') throw new RangeError(`Unsupported ${filter} pattern: ${name}`);
    const part = textOf(name, value).toLowerCase();
    return onText((text) => matches(text.toLowerCase(), part));
  }
  const part = textOf(filter, operand);
  return onText((text) => matches(text, part));
}

const isFilter = (operand: Json): operand is JsonObject =>
  typeof operand === 'object' && operand !== null && !Array.isArray(operand);

/** True for a value that is none of the listed ones; `{"anything-but": {"prefix": …}}` negates a filter on text. */
function anythingBut(operand: Json): Test {
  if (isFilter(operand)) {
    const [filter, value] = onlyEntry(operand, 'Anything-But expression name not found');
    const tests = listed(value, () => negatable(filter)).map(negatable(filter));
    return (leaf) => !tests.some((test) => test(leaf));
  }
  const excluded = listed(operand);
  if (excluded.some((one) => typeof one !== 'string' && typeof one !== 'number')) {
    throw new RangeError('Inside anything but list, start|null|boolean is not supported.');
  }
  if (new Set(excluded.map((one) => typeof one)).size !== 1) {
    throw new RangeError(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return (leaf) => !excluded.includes(leaf);
}

/** The values of anything-but, one or a list. @param check refuses earlier what is wrong beside them */
function listed(operand: Json, check: () => unknown = () => {}): readonly Json[] {
  check();
  if (Array.isArray(operand)) return operand;
  if (typeof operand === 'string' || typeof operand === 'number') return [operand];
  throw new RangeError('Value of anything-but must be an array or single string/number value.');
}

/** Makes the filter that anything-but negates. Its operands are stricter than those of the filter alone. */
function negatable(filter: string): (operand: Json) => Test {
  switch (filter) {
    case 'equals-ignore-case':
      return (operand) => {
        if (typeof operand === 'string') return equalsIgnoreCase(operand);
        throw new RangeError(
          'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
        );
      };
    case 'wildcard':
      return (operand) => contentFilter(filter, operand);
    case 'prefix':
    case 'suffix':
      return (operand) => {
        if (operand === '') throw new RangeError('Null prefix/suffix not allowed');
        if (typeof operand === 'string') return contentFilter(filter, operand);
        throw new RangeError('prefix/suffix match pattern must be a string');
      };
    default:
      throw new RangeError(`Unsupported anything-but pattern: ${filter}`);
  }
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 0]`, or a range whose lower bound comes first, such as `[">=", 0, "<", 100]`. */
function numeric(operand: Json): Test {
  if (!Array.isArray(operand)) throw new RangeError('Value of numeric must be an array.');
  const [sign, bound, ...upper] = operand;
  if (typeof sign !== 'string') throw new RangeError(`Invalid member in numeric match: ${wordOf(sign, ']')}`);
  if (!Object.hasOwn(COMPARISONS, sign)) throw new RangeError(`Unrecognized numeric range operator: ${sign}`);
  const lowest = comparison(sign, bound);
  if (upper.length === 0) return onNumber(lowest);
  if (!sign.startsWith('>')) throw new RangeError('Too many elements in numeric expression');
  const [end, top, ...more] = upper;
  if (typeof end !== 'string') throw new RangeError(`Bad value in numeric range: ${wordOf(end, ']')}`);
  if (!end.startsWith('<') || !Object.hasOwn(COMPARISONS, end)) {
    throw new RangeError(`Bad numeric range operator: ${end}`);
  }
  const highest = comparison(end, top);
  if (more.length > 0) throw new RangeError('Too many terms in numeric range expression');
  if ((bound as number) >= (top as number)) throw new RangeError('Bottom must be less than top');
  return onNumber((value) => lowest(value) && highest(value));
}

const onNumber =
  (test: (value: number) => boolean): Test =>
  (value) =>
    typeof value === 'number' && test(value);

function comparison(sign: string, bound: Json | undefined): (value: number) => boolean {
  if (typeof bound !== 'number') throw new RangeError(`Value of ${sign === '=' ? 'equals' : sign} must be numeric`);
  const compare = COMPARISONS[sign]!;
  return (value) => compare(value, bound);
}

const wordOf = (value: Json | undefined, atEnd: string): string =>
  value === undefined ? atEnd : JSON.stringify(value);

function cidr(range: string): Test {
  const [address = '', bits, ...more] = range.split('/');
  if (bits === undefined || more.length > 0) throw new RangeError("Malformed CIDR, one '/' required");
  if (!/^-?\d+$/.test(bits)) throw new RangeError('Malformed CIDR, mask bits must be an integer');
  const prefix = Number(bits);
  if (prefix < 0) throw new RangeError('Malformed CIDR, mask bits must not be negative');
  const family = isIP(address);
  if (family === 0) throw new RangeError(`Nonstandard IP address: ${address}`);
  if (prefix > (family === 4 ? 32 : 128)) {
    throw new RangeError(`IPv${family} mask bits must be < ${family === 4 ? 32 : 128}`);
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, prefix, type);
  return onText((text) => isIP(text) === family && list.check(text, type));
}
