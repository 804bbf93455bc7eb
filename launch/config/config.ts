/** `npm run config -- get|set|diff|history`: the settings of a running instance. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { instanceUrl } from '../clients/instance-url.ts';
import { assigned, type Settings, settingAt } from './assignments.ts';
import { ConfigurationClient, type Difference, type Present } from './configuration-client.ts';

const USAGE = `Usage: npm run config -- <command>
  get [<setting>]                         what is in force: all of it, or one setting such as breaker.openSeconds
  set <setting>=<value>… --reason <text>  changes settings; the value "default" takes one back to its default
  set --file <file> --reason <text>       replaces all settings by those of a JSON file
  diff [<setting>=<value>…]               what operators and the deployment have set, or what an assignment would change
  history [--limit <n>]                   who changed what, and why; the newest first
Options of set: --dry-run only says what would change; --as <id> is the operator whom the history names.
The instance is the one at WAYBILL_URL, or on PORT of this machine. WAYBILL_TOKEN is an operator's token, for an instance
with a real issuer of tokens.`;

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values, positionals } = parsed();
  const [command, ...operands] = positionals;
  if (values.help) return console.log(USAGE);
  const client = new ConfigurationClient(instanceUrl(), values.as ?? 'operator');
  switch (command) {
    case 'get':
      return get(client, operands);
    case 'set':
      return set(client, operands, values);
    case 'diff':
      return diff(client, operands);
    case 'history':
      refuse(operands);
      return history(client, values.limit ?? '20');
    default:
      throw new Error(
        `${command === undefined ? 'A command is needed.' : `There is no command ${command}.`}\n${USAGE}`,
      );
  }
}

async function get(client: ConfigurationClient, [path, ...more]: readonly string[]): Promise<void> {
  refuse(more);
  const { configuration } = await present(client);
  console.log(JSON.stringify(path === undefined ? configuration : settingAt(configuration, path), null, 2));
}

/** What is in force; says why, when that is not the newest version. */
async function present(client: ConfigurationClient): Promise<Present> {
  const found = await client.present();
  for (const { path, detail } of found.faults ?? []) {
    console.error(`Version ${found.version} is wrong, and the last good one before it is in force: ${path}: ${detail}`);
  }
  return found;
}

/** @throws Error that names what was too much */
function refuse([operand]: readonly string[]): void {
  if (operand !== undefined) throw new Error(`"${operand}" is one word too many.\n${USAGE}`);
}

async function set(
  client: ConfigurationClient,
  assignments: readonly string[],
  options: ReturnType<typeof parsed>['values'],
): Promise<void> {
  const { file, reason, 'dry-run': dryRun = false } = options;
  if ((file === undefined) === (assignments.length === 0)) {
    throw new Error(`Either assignments or --file is needed.\n${USAGE}`);
  }
  if (!reason?.trim() && !dryRun) throw new Error('--reason is needed: the history says why.');
  const { version, settings } = await present(client);
  const wanted = file === undefined ? assigned(settings, assignments) : settingsIn(file);
  const would = await client.change(
    { settings: wanted, reason: reason?.trim() ? reason : 'A dry run.', dryRun: true },
    version,
  );
  show(would.differences);
  for (const path of would.overridden ?? []) console.log(`  ${path} takes no effect: the deployment overrides it.`);
  if (dryRun) return;
  const made = await client.change({ settings: wanted, reason: reason!, dryRun: false }, version);
  console.log(made.version === version ? 'Nothing was changed.' : `This is version ${made.version}.`);
}

async function diff(client: ConfigurationClient, assignments: readonly string[]): Promise<void> {
  const { version, settings, overrides } = await present(client);
  if (assignments.length === 0) {
    console.log(JSON.stringify({ settings, overrides }, null, 2));
    return;
  }
  const wanted = { settings: assigned(settings, assignments), reason: 'A comparison.', dryRun: true };
  show((await client.change(wanted, version)).differences);
}

async function history(client: ConfigurationClient, limit: string): Promise<void> {
  const changes = await client.history(Number(limit));
  if (changes.length === 0) console.log('Nobody has changed anything.');
  for (const { version, author, reason, changedAt, differences, faults = [] } of changes) {
    console.log(`${version}  ${changedAt}  ${author}${reason === undefined ? '' : `: ${reason}`}`);
    show(differences);
    for (const { path, detail } of faults) console.log(`  wrong, never in force: ${path}: ${detail}`);
  }
}

function show(differences: readonly Difference[]): void {
  if (differences.length === 0) console.log('  no difference');
  for (const { path, from, to } of differences) console.log(`  ${path}: ${shown(from)} → ${shown(to)}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

function settingsIn(file: string): Settings {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Settings;
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}

function parsed() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: { file: text, reason: text, as: text, limit: text, 'dry-run': flag, help: { ...flag, short: 'h' } },
    });
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
