/** `npm run backup`: the tables of an environment that nothing else could make again, as files. */
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addressOf } from '../shop/address.ts';
import { type Manifest, newFolder, writeItems, writeManifest } from './files.ts';
import { StoredTable } from './table.ts';
import { KEPT, tablesIn } from './tables.ts';

const USAGE = `Usage: npm run backup -- --to <folder> [--stage <name>]
  --to <folder>    a new folder; it gets a file of items for each table, and a manifest with their checksums
  --stage <name>   the environment, of lib/stages/stages.ts (default: the emulator at AWS_ENDPOINT_URL, or the instance on this machine)
  --help

The files have personal data, and are the owner's alone to read. Tables are read one after the other: an order that goes on meanwhile can be in one of them as it was before, and in the next as it was
after. Stop the way in first, or, on AWS, export all tables as they were in one second: docs/aws-guide.md. npm run restore brings either back.`;

try {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, stage: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) console.log(USAGE);
  else if (values.to === undefined) throw new Error(`--to is missing; expected the folder to write to.\n\n${USAGE}`);
  else await backup(values.to, values.stage);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function backup(folder: string, stage: string | undefined): Promise<void> {
  const { clientConfig, outputs } = await addressOf(stage, process.env);
  newFolder(folder);
  const db = new DynamoDBClient(clientConfig);
  try {
    const names = tablesIn(outputs);
    const begunAt = new Date().toISOString();
    const tables: Record<string, Manifest['tables'][string]> = {};
    for (const table of KEPT) {
      const name = names.get(table);
      if (name === undefined) continue;
      const written = await writeItems(folder, table, (await StoredTable.open(db, name)).items());
      tables[table] = written;
      console.log(`${table}: ${written.items} items`);
    }
    writeManifest(folder, { begunAt, endedAt: new Date().toISOString(), tables });
    console.log(`The backup is in ${folder}.`);
  } finally {
    db.destroy();
  }
}
