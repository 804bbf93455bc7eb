/** Every table of the app by its name, found in the files of `functions/` that list the tables of a context or of a shared folder. */
import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TableShape } from '../../../lib/constructs/waybill-table.ts';

type Tables = Readonly<Record<string, TableShape>>;

const FUNCTIONS = fileURLToPath(new URL('../../../functions/', import.meta.url));

async function tablesIn(file: string): Promise<[string, TableShape][]> {
  const module = (await import(pathToFileURL(FUNCTIONS + file).href)) as Readonly<Record<string, Tables>>;
  return Object.entries(module).flatMap(([name, tables]) => (name.endsWith('_TABLES') ? Object.entries(tables) : []));
}

export const TABLES: Tables = Object.fromEntries(
  (await Promise.all(globSync('**/*tables.ts', { cwd: FUNCTIONS }).map(tablesIn))).flat(),
);
