/** `npm run restore`: brings a backup back into the tables of an environment. */
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addressOf } from '../shop/address.ts';
import { ERASED_FROM, ERASURES, reopenErasures } from './erasures.ts';
import { filesOf, itemsIn, manifestIn } from './files.ts';
import type { Item } from './items.ts';
import { restore } from './restoring.ts';
import { StoredTable } from './table.ts';
import { KEPT, type KeptTable, tablesIn } from './tables.ts';

const USAGE = `Usage: npm run restore -- --from <folder> [--table <table>…] [--replace] [--erasures <folder>] [--dry-run] [--stage <name>]
  --from <folder>      what npm run backup has written, or a folder with a folder for each table that has the files of an export of DynamoDB
  --table <table>      only this one, such as OrderLog; can be given several times
  --replace            makes each table just as the backup has it: replaces what is there otherwise, and deletes what is newer
                       (default: puts what is missing, and leaves the rest as it is)
  --erasures <folder>  a newer backup, for its record of who asked to be forgotten (default: the one of --from)
  --dry-run            writes nothing, and says what differs
  --stage <name>       the environment, of lib/stages/stages.ts (default: the emulator at AWS_ENDPOINT_URL, or the instance on this machine)
  --help

Stop the way in first. Events that come back into a log are told of again, which does no harm: views, search and tasks come back with them. npm run audit says whether books, stock and orders agree.
Who asked to be forgotten stays so: that record is only added to, and all erasures are carried out again on what came back.`;

try {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      table: { type: 'string', multiple: true },
      replace: { type: 'boolean', default: false },
      erasures: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      stage: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values.from === undefined) {
    throw new Error(`--from is missing; expected the folder of a backup.\n\n${USAGE}`);
  } else await run(values.from, { ...values, dryRun: values['dry-run'] });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

interface Request {
  readonly table?: readonly string[] | undefined;
  readonly replace: boolean;
  /** @default the folder of the backup */
  readonly erasures?: string | undefined;
  readonly dryRun: boolean;
  readonly stage?: string | undefined;
}

async function run(folder: string, { table: only, stage, erasures = folder, ...options }: Request): Promise<void> {
  const unknown = only?.find((table) => !KEPT.some((kept) => kept === table));
  if (unknown !== undefined) throw new Error(`--table is "${unknown}"; expected one of ${KEPT.join(', ')}.`);
  const folderOf = (table: KeptTable): string => (table === ERASURES ? erasures : folder);
  const wanted = KEPT.filter(
    (table) => (only === undefined || only.includes(table)) && filesOf(folderOf(table), table).length > 0,
  );
  if (wanted.length === 0) {
    throw new Error(
      `${folder} has no files of a table; expected <table>.json, or a folder <table>, for ${(only ?? KEPT).join(', ')}.`,
    );
  }
  const backupOf = (table: KeptTable) =>
    allOf(filesOf(folderOf(table), table), manifestIn(folderOf(table))?.tables[table]?.sha256);
  // A damaged file is found before anything is written.
  for (const table of wanted) for await (const _ of backupOf(table));
  const { clientConfig, outputs } = await addressOf(stage, process.env);
  const names = tablesIn(outputs);
  const db = new DynamoDBClient(clientConfig);
  try {
    for (const table of wanted) {
      const name = names.get(table);
      if (name === undefined) {
        throw new Error(`The environment has no table ${table}: deploy the release that the backup is of.`);
      }
      const stored = await StoredTable.open(db, name);
      const ofTable = { ...options, replace: options.replace && table !== ERASURES };
      const { items, missing, other, newer } = await restore(stored, () => backupOf(table), ofTable);
      console.log(`${table}: ${items} items, ${missing} missing, ${other} other, ${newer} newer${done(ofTable)}`);
    }
    if (!options.dryRun && wanted.some((table) => ERASED_FROM.includes(table))) {
      await forgetAgain(db, names);
      console.log('What was erased by its age is erased again, too, once `npm run rebuild -- order-view` has run.');
    }
  } finally {
    db.destroy();
  }
}

/** An environment of a release before has no erasures. */
async function forgetAgain(db: DynamoDBClient, names: ReadonlyMap<string, string>): Promise<void> {
  const name = names.get(ERASURES);
  const count =
    name === undefined ? 0 : await reopenErasures(db, await StoredTable.open(db, name), new Date().toISOString());
  if (count > 0) console.log(`${count} erasures are carried out again, within minutes: open the way in after that.`);
}

function done({ dryRun, replace }: Pick<Request, 'dryRun' | 'replace'>): string {
  if (dryRun) return '';
  return replace ? ': as in the backup' : ': those that were missing are back';
}

async function* allOf(files: readonly string[], sha256: string | undefined): AsyncIterable<Item> {
  for (const file of files) yield* itemsIn(file, files.length === 1 ? sha256 : undefined);
}
