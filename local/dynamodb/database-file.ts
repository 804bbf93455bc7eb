import { DatabaseSync } from 'node:sqlite';
import { damaged, storageFailure } from '../storage-failure.ts';

/** How long to wait for a process of an earlier run that is still letting go of the file. */
const BUSY_TIMEOUT_MS = 5_000;

/** Uses the file of an engine that is stopped. @throws Error naming the file when it is damaged, or the disk is full */
export function withDatabase<Result>(file: string, use: (database: DatabaseSync) => Result): Result {
  try {
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      return use(database);
    } finally {
      database.close();
    }
  } catch (error) {
    throw storageFailure(error, file);
  }
}

/** Reads all of a file, a tenth of a second for a hundred megabytes. @throws Error naming the file when it is damaged */
export function check(database: DatabaseSync): void {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { readonly quick_check: string };
  if (found !== 'ok') throw damaged(database.location()!, found);
}
