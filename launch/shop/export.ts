/** `npm run -s export`: articles, promotions and stock of any environment, as a file that `npm run import` takes. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { addressOf } from './address.ts';
import { asCsv, asJson } from './files.ts';
import { KINDS, type Kind } from './records.ts';
import { Shop } from './shop.ts';

const USAGE = `Usage: npm run -s export -- [--kind ${KINDS.join('|')}] [--format json|csv] [--file <file>] [--stage <name>]
  --kind <kind>    one kind of records (default: all of them; CSV has one)
  --format <form>  json (default) or csv
  --file <file>    where to (default: standard output)
  --stage <name>   the environment, of lib/stages/stages.ts (default: the emulator at AWS_ENDPOINT_URL, or the instance on this machine)
  --help

WAYBILL_TOKEN is an operator's token with stock:read, for an environment with a real issuer of tokens.`;

try {
  const { values } = parsed();
  if (values.help) console.log(USAGE);
  else await run(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run({ kind: named, format = 'json', file, stage }: ReturnType<typeof parsed>['values']): Promise<void> {
  const kind = kindIn(named);
  if (format !== 'json' && format !== 'csv') {
    throw new Error(`--format is "${format}"; expected json or csv.\n${USAGE}`);
  }
  if (format === 'csv' && kind === undefined) {
    throw new Error(`--format csv has one kind of records: --kind is needed.\n${USAGE}`);
  }
  const shop = new Shop(await addressOf(stage, process.env));
  try {
    const records = await shop.records();
    const wanted = kind === undefined ? records : { [kind]: records[kind] };
    const text = format === 'csv' ? asCsv(kind!, records[kind!]) : asJson(wanted);
    if (file === undefined) process.stdout.write(text);
    else writeFileSync(file, text);
  } finally {
    shop.close();
  }
}

function kindIn(named: string | undefined): Kind | undefined {
  const kind = KINDS.find((known) => known === named);
  if (named === undefined || kind !== undefined) return kind;
  throw new Error(`--kind is "${named}"; expected one of ${KINDS.join(', ')}.\n${USAGE}`);
}

function parsed() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: { kind: text, format: text, file: text, stage: text, help: { type: 'boolean', short: 'h' } },
    });
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
