import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { damaged, storageFailure } from './storage-failure.ts';

/**
 * Opens the runtime's journal in `dataDir`, or one in memory. A commit is in the operating system's hands before it
 * returns, so a kill of this process loses nothing (`synchronous = NORMAL` with a write-ahead log).
 * The file is locked for as long as it is open, by the operating system: the lock of a dead process is gone with it.
 * @throws Error naming the process that holds the folder, or the file when it is damaged
 */
export function openStore(dataDir: string | undefined): DatabaseSync {
  if (dataDir === undefined) return new DatabaseSync(':memory:');
  const pidFile = path.join(dataDir, 'runtime.pid');
  const file = path.join(dataDir, 'runtime.db');
  const store = new DatabaseSync(file, { timeout: 0 });
  try {
    // Pages that were written again before they are copied into the file are copied once: 16 MB are gathered.
    // A write transaction takes the lock now; in exclusive mode it is kept until the file is closed.
    store.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; BEGIN EXCLUSIVE; COMMIT',
    );
  } catch (error) {
    store.close();
    if (!/locked|busy/i.test((error as Error).message)) throw storageFailure(error, file);
    const refusal = `The data folder ${dataDir} is in use by process ${holder(pidFile)}. Stop that instance, or set WAYBILL_DATA to another folder.`;
    throw new Error(refusal, { cause: error });
  }
  try {
    check(store, file);
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    store.close();
    throw storageFailure(error, file);
  }
  return store;
}

/** Before anything goes on from what is stored. @throws Error naming the file when it is damaged */
function check(store: DatabaseSync, file: string): void {
  const { quick_check: found } = store.prepare('PRAGMA quick_check(1)').get() as { readonly quick_check: string };
  if (found !== 'ok') throw damaged(file, found);
}

/**
 * Does `work` as one transaction: when this returns, all of it is on disk, and when it throws, nothing of it is. Inside
 * another transaction it is a part of that one.
 */
export function transaction(store: DatabaseSync, work: () => void): void {
  if (store.isTransaction) return work();
  store.exec('BEGIN IMMEDIATE');
  try {
    work();
    store.exec('COMMIT');
  } catch (error) {
    // SQLite itself has ended a transaction for which the disk had no room.
    if (store.isTransaction) store.exec('ROLLBACK');
    throw storageFailure(error, store.location() ?? 'the memory');
  }
}

/** Gives a table of an earlier release the columns that it lacks, by name and type. Returns the names of those. */
export function addColumns(store: DatabaseSync, table: string, columns: Readonly<Record<string, string>>): string[] {
  const present = new Set(
    store
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name),
  );
  const missing = Object.keys(columns).filter((name) => !present.has(name));
  for (const name of missing) store.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${columns[name]}`);
  return missing;
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return '(unknown)';
  }
}
