/** What the person who runs the crash test asks for. */
import { parseArgs } from 'node:util';

export interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly help: boolean;
}

const DEFAULTS = { kills: '50', seed: '11' };

export const USAGE = `Usage: npm run crash-test -- [--kills <number>] [--seed <number>]

Orders of every kind come in while the runtime, its database or a partner is killed with -9, at random moments. What was killed
starts again: the runtime by this test, the others by the runtime. It ends with 0 when every accepted order has ended, and stock,
gateway, carrier and orders agree; else with 1, and says what differs.

  --kills <n>  how many processes are killed (default ${DEFAULTS.kills}): about six seconds each, and some minutes for what is left
  --seed <n>   draws orders, victims and moments anew (default ${DEFAULTS.seed}); a run prints its seed`;

/** @throws Error with a message for the person, when the arguments make no sense */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      kills: { type: 'string', default: DEFAULTS.kills },
      seed: { type: 'string', default: DEFAULTS.seed },
    },
  });
  return { help: values.help, kills: wholeNumber('--kills', values.kills), seed: wholeNumber('--seed', values.seed) };
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} is "${text}"; expected a whole number.`);
  return Number(text);
}
