import { createHash } from 'node:crypto';
import jsonata from 'jsonata';

/** The sources of values that differ from call to call. */
export interface Generators {
  readonly now: () => number;
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
  readonly newId: () => string;
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};
/** As States.ArrayRange has it. */
const MAX_RANGE = 1_000;

const atTime = jsonata('$fromMillis($ms, $picture, $zone)');

/** Adds the functions that Step Functions adds to JSONata, and removes the one that it removes. */
export function addStepFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('parse', (text: string) => JSON.parse(text) as unknown, '<s:x>');
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('range', range, '<nnn:x>');
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('eval', () => {
    throw new Error('$eval is not available in Step Functions; $parse reads JSON');
  });
}

/** The functions that must not be the same at every call, as bindings of an evaluation. */
export function changingFunctions({ now, random, newId }: Generators): Readonly<Record<string, unknown>> {
  return {
    uuid: newId,
    random: (seed?: unknown) => (seed === undefined ? random() : seeded(seed)),
    millis: now,
    now: (picture?: string, zone?: string) => atTime.evaluate(undefined, { ms: now(), picture, zone }),
  };
}

function hash(text: string, algorithm: string): string {
  const name = ALGORITHMS[algorithm];
  if (name === undefined) throw new Error(`$hash knows ${Object.keys(ALGORITHMS).join(', ')}; not ${algorithm}`);
  return createHash(name).update(text).digest('hex');
}

/** As JSONata has it for sequences, one number alone is that number. */
function range(first: number, last: number, step: number): number | number[] {
  if (step === 0) throw new Error('$range needs a step other than 0');
  const length = Math.max(Math.floor((last - first) / step) + 1, 0);
  if (length > MAX_RANGE) throw new Error(`$range gives at most ${MAX_RANGE} numbers; not ${length}`);
  return length === 1 ? first : Array.from({ length }, (_, index) => first + index * step);
}

function partition(items: readonly unknown[], size: number): unknown[][] {
  const length = Math.floor(size);
  if (length < 1) throw new Error(`$partition needs a size from 1; not ${size}`);
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );
}

/** The same number from 0 to below 1 for the same seed. */
const seeded = (seed: unknown): number =>
  createHash('sha256').update(JSON.stringify(seed)).digest().readUInt32BE() / 2 ** 32;
