/** What the person who runs the fault test asks for. */
import { parseArgs } from 'node:util';
import { CASES, type Case } from './cases.ts';

export interface Options {
  readonly seed: number;
  readonly short: boolean;
  /** Parts of the names of cases; none means all. */
  readonly only: readonly string[];
  /** Only the usage, or only the names of the cases, is asked for. */
  readonly help: boolean;
  readonly list: boolean;
}

const DEFAULT_SEED = 9;

export const USAGE = `Usage: npm run fault-test -- [--short] [--seed <number>] [--only <part of a name>]… [--list]

Takes partners and database of a platform away, under load, and brings them back. It ends with 0 when no accepted order was
cancelled or parked over it, and stock, gateway, carrier and orders agree; else with 1, and says what differs.

  --short        the cases that also run before each change lands
  --only <part>  the cases whose name has this part, such as gateway-refuses-10s; can be given several times
  --seed <n>     draws orders, moments and faults anew (default ${DEFAULT_SEED}); a run prints its seed
  --list         the names of the cases, and nothing else`;

/** @throws Error with a message for the person, when the arguments make no sense */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      list: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: String(DEFAULT_SEED) },
    },
  });
  return { ...values, seed: wholeNumber(values.seed) };
}

/** @throws Error when there is none */
export function casesOf({ short, only }: Pick<Options, 'short' | 'only'>): readonly Case[] {
  const chosen = CASES.filter(
    (one) => (!short || one.short) && (only.length === 0 || only.some((part) => one.name.includes(part))),
  );
  if (chosen.length === 0) throw new Error('No case has such a name; --list shows them.');
  return chosen;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--seed is "${text}"; expected a whole number.`);
  return Number(text);
}
