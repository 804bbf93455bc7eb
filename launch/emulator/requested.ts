import { DEFAULT_URL } from './emulator.ts';

export const USAGE = `Usage: npm run deploy:localstack [-- --start]     deploys the app to the emulator of AWS that runs at AWS_ENDPOINT_URL, with partners
                                                 and a demo shop beside it, until Ctrl-C; again without a change it changes nothing
       npm run destroy:localstack                deletes it there, with all its data
  --start    start MiniStack, and end it with this command; needs Python 3
  --help

From the environment: AWS_ENDPOINT_URL (default ${DEFAULT_URL}), WAYBILL_EMULATOR_DATA (the folder of the partners' data,
default .waybill-localstack).`;

export interface Requested {
  /** Whether the emulator is started as well. */
  readonly starts: boolean;
}

/** What the arguments of the commands ask for. @throws Error that names the argument that is wrong */
export function requestedArguments(args: readonly string[]): Requested | 'help' {
  const [argument, ...more] = args;
  if (argument === undefined) return { starts: false };
  if (more.length === 0 && (argument === '--help' || argument === '-h')) return 'help';
  if (more.length === 0 && argument === '--start') return { starts: true };
  throw new Error(`The arguments are "${args.join(' ')}"; expected none, --start or --help.`);
}
