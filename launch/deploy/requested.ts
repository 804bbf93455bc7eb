import { parseArgs } from 'node:util';
import { STAGES } from '../../lib/stages/stages.ts';

export const USAGE = `Usage: npm run deploy -- --stage ${Object.keys(STAGES).join('|')} [--dry-run | --yes] [options]
  --stage <name>            an environment of lib/stages/stages.ts
  --dry-run                 looks at the account and shows what would change, and changes nothing
  --yes                     deploys without asking
  --parameter <name>=<value>  a parameter of the app, in the place of the stage's; as often as you like
  --replace-logging-role    lets a stage with accountLogging: 'set' replace a role that others have set
  --help

What it does: checks of the account (account, region, bootstrap, concurrency, API Gateway's role for logs, stacks that failed, parameters), the
difference to what is deployed, your approval, the deployment, an order to try it (smokeTest of the stage), and what it costs.
Credentials and region are those of the AWS SDK (AWS_PROFILE, AWS_REGION, …). With AWS_ENDPOINT_URL it deploys to an emulator of AWS. WAYBILL_TOKEN is
a customer's token, for the order of an environment with a real issuer of tokens.`;

export interface Requested {
  readonly stage: string;
  readonly isDry: boolean;
  readonly isApproved: boolean;
  readonly replacesLoggingRole: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What the arguments ask for. @throws Error that names the argument that is wrong, with the usage */
export function requestedArguments(args: readonly string[]): Requested | 'help' {
  const { stage, 'dry-run': isDry = false, yes: isApproved = false, parameter = [], help, ...others } = parsed(args);
  if (help) return 'help';
  if (stage === undefined) throw new Error(`--stage is needed.\n${USAGE}`);
  if (isDry && isApproved) throw new Error(`--dry-run and --yes exclude each other.\n${USAGE}`);
  const { 'replace-logging-role': replacesLoggingRole = false } = others;
  return { stage, isDry, isApproved, replacesLoggingRole, parameters: Object.fromEntries(parameter.map(assignmentIn)) };
}

function assignmentIn(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--parameter is "${text}"; expected <name>=<value>.\n${USAGE}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string' },
        'dry-run': flag,
        yes: flag,
        parameter: { type: 'string', multiple: true },
        'replace-logging-role': flag,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
