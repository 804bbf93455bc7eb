/** What the person who runs the matrix asks for. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface Options {
  /** Parts that the id of a case has to have, all of them. */
  readonly only: readonly string[];
  readonly workers: number;
  /** Where the report goes, if it is to be written. */
  readonly report?: string | undefined;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run fault-matrix -- [--only <part of an id>]… [--workers <number>] [--report <file>]

Tries every fault at every Task of every saga, in every situation, with every method of payment, on the deployed definitions in
virtual time. It ends with 0 when no case broke a law and each came to its end; else with 1, and prints the ids of the others.

  --only <part>    the cases whose id has this part, such as VoidPayment, crashes, alipay or declined; several have to fit together
  --workers <n>    threads (default: ${availableParallelism()}, as many as there are processors)
  --report <file>  writes in Markdown which combinations there are, and why the others are impossible`;

/** @throws Error with a message for the person, when the arguments make no sense */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string', multiple: true, default: [] },
      workers: { type: 'string', default: String(availableParallelism()) },
      report: { type: 'string' },
    },
  });
  if (!/^[1-9]\d?$/.test(values.workers)) {
    throw new Error(`--workers is "${values.workers}"; expected a whole number from 1 to 99.`);
  }
  return { ...values, workers: Number(values.workers) };
}
