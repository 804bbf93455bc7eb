import { overridesIn } from '../../functions/shared/configuration/overrides.ts';
import type { PlatformOptions } from './platform.ts';

/** Where debuggers look for Node. */
const DEBUGGER_PORT = '9229';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment of `npm start` asks for. @throws Error that names the variable that is wrong, and why */
export const requestedBy = (
  environment: Environment,
): Pick<PlatformOptions, 'port' | 'parameters' | 'partnerInstances'> => ({
  port: portIn(environment),
  partnerInstances: instancesIn(environment),
  parameters: parametersIn(environment),
});

function portIn({ PORT = '3000' }: Environment): number {
  const port = Number(PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is "${PORT}"; expected a whole number from 0 (any free port) to 65535.`);
  }
  return port;
}

export const USAGE = `Usage: npm start [-- --inspect[=<port>]]        the order platform on this machine, until Ctrl-C
       npm run dev [-- --inspect[=<port>]]      the same, and what is saved in functions/, statemachines/ and lib/ runs moments later
  --inspect[=<port>]  a debugger can attach at the port (default ${DEBUGGER_PORT}), and functions have no time limit
  --help

From the environment, among others: PORT (default 3000; 0: a free one), WAYBILL_DATA (the folder of all data, default .waybill).
docs/operating.md has them all.`;

/** What the arguments of `npm start` and `npm run dev` ask for. */
export interface RequestedArguments {
  /** Where a debugger can attach. */
  readonly debuggerPort?: number;
  /** Whether what is saved is taken over. */
  readonly followsSources: boolean;
}

/** @throws Error that names the argument that is wrong */
export function requestedArguments(args: readonly string[]): RequestedArguments | 'help' {
  const followsSources = args[0] === '--follow-sources';
  const [argument, ...more] = followsSources ? args.slice(1) : args;
  if (argument === undefined) return { followsSources };
  if (more.length === 0 && (argument === '--help' || argument === '-h')) return 'help';
  const [, port = DEBUGGER_PORT] = /^--inspect(?:=(\d{1,5}))?$/.exec(argument) ?? [undefined, 'none'];
  if (more.length > 0 || !(Number(port) <= 65_535)) {
    throw new Error(
      `The arguments are "${args.join(' ')}"; expected none, --inspect, or --inspect=<port> with a port from 0 to 65535.`,
    );
  }
  return { debuggerPort: Number(port), followsSources };
}

function instancesIn({ WAYBILL_PARTNER_INSTANCES = '1' }: Environment): number {
  if (!/^([1-9]|10)$/.test(WAYBILL_PARTNER_INSTANCES)) {
    throw new Error(`WAYBILL_PARTNER_INSTANCES is "${WAYBILL_PARTNER_INSTANCES}"; expected a number from 1 to 10.`);
  }
  return Number(WAYBILL_PARTNER_INSTANCES);
}

/** The app's parameters that the environment sets. */
function parametersIn({ WAYBILL_CONFIGURATION }: Environment): Readonly<Record<string, string>> {
  if (!WAYBILL_CONFIGURATION) return {};
  const overrides = overridesIn(WAYBILL_CONFIGURATION);
  if (overrides.ok) return { ConfigurationOverrides: JSON.stringify(overrides.value) };
  const faults = overrides.refusal.map(({ path, detail }) => `\n  ${path || 'the document'}: ${detail}`);
  throw new Error(`WAYBILL_CONFIGURATION is wrong; expected settings of the configuration as JSON:${faults.join('')}`);
}
