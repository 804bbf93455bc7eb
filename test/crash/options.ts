/** What the person who runs the crash test asks for. */
import { parseArgs } from 'node:util';

export interface Options {
  readonly orders: number;
  readonly skus: number;
  readonly kills: number;
  readonly seed: number;
  readonly help: boolean;
}

const DEFAULTS = { orders: '1000', skus: '50', kills: '50', seed: '11' };

export const USAGE = `Usage: npm run crash-test -- [--orders <number>] [--skus <number>] [--kills <number>] [--seed <number>]

Orders with every method of payment and every outcome come in, are changed, cancelled, refunded, shipped and returned, and stock moves,
lies at two locations and runs out, while the runtime, its database or a partner is killed with -9, at random moments. What was killed starts again: the runtime by
this test, the others by the runtime. It ends with 0 when every accepted order has ended as its customer has asked for, the books of
stock, channels of payment, carrier and orders agree to the last unit and the last minor unit, the platform's own audit finds
nothing, and everything that the run promises has happened; else with 1, and says what differs.

  --orders <n>  how many orders are placed (default ${DEFAULTS.orders})
  --skus <n>    over how many articles (default ${DEFAULTS.skus})
  --kills <n>   how many processes are killed meanwhile (default ${DEFAULTS.kills})
  --seed <n>    draws orders, victims and moments anew (default ${DEFAULTS.seed}); a run prints its seed`;

/** @throws Error with a message for the person, when the arguments make no sense */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      orders: { type: 'string', default: DEFAULTS.orders },
      skus: { type: 'string', default: DEFAULTS.skus },
      kills: { type: 'string', default: DEFAULTS.kills },
      seed: { type: 'string', default: DEFAULTS.seed },
    },
  });
  return {
    help: values.help,
    orders: Math.max(1, wholeNumber('--orders', values.orders)),
    skus: Math.max(1, wholeNumber('--skus', values.skus)),
    kills: wholeNumber('--kills', values.kills),
    seed: wholeNumber('--seed', values.seed),
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} is "${text}"; expected a whole number.`);
  return Number(text);
}
