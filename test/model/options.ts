/** What the person who runs the model check asks for. */
import { parseArgs } from 'node:util';

export interface Options {
  readonly help: boolean;
  /** How many things may go wrong in the life of one order alone, and of two that compete for the last unit. */
  readonly alone: number;
  readonly competing: number;
  readonly mutants: boolean;
}

export const USAGE = `Usage: npm run model-check [-- --alone <faults>] [--competing <faults>] [--no-mutants]

Follows the order saga's real definition through every order of events that there is: steps, late and doubled calls, waits, cancellations, shipping,
and faults. Ends with 0 when no world breaks a law and every mutant does; else with 1, and says the shortest way to the broken law.

  --alone <n>      how many things may go wrong for one order alone (default 2)
  --competing <n>  how many for two orders that compete for one unit (default 1)
  --no-mutants     leaves out the sagas that are broken on purpose`;

/** @throws Error with a message for the person, when the arguments make no sense */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      alone: { type: 'string', default: '2' },
      competing: { type: 'string', default: '1' },
      'no-mutants': { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    alone: faultsIn('alone', values.alone),
    competing: faultsIn('competing', values.competing),
    mutants: !values['no-mutants'],
  };
}

function faultsIn(name: string, text: string): number {
  const faults = Number(text);
  if (Number.isInteger(faults) && faults >= 0 && faults <= 4) return faults;
  throw new Error(
    `--${name} is ${JSON.stringify(text)}. It is a number of faults, from 0 to 4: each one makes ten to thirty times as many worlds.`,
  );
}
