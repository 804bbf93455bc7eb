import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long to wait for a process of an earlier run that is still letting go of the file. */
const busyTimeoutMs = 5_000;

const mends = `
  PRAGMA journal_mode = WAL;
  CREATE INDEX IF NOT EXISTS us_shard ON us (ShardID, SequenceNumber);
  CREATE INDEX IF NOT EXISTS us_stream ON us (StreamID, SequenceNumber);
`;

/** Where DynamoDB Local keeps everything when it runs with `-sharedDb`. */
const databaseFile = (dir: string): string => join(dir, 'shared-local-instance.db');

/** Whether DynamoDB Local has ever kept data in `dir`. */
export const hasDatabase = (dir: string): boolean => existsSync(databaseFile(dir));

/**
 * Gives the database of a stopped DynamoDB Local a write-ahead log, so that a commit costs one sync, and the indexes
 * that its stream tables lack: every write to a table with a stream otherwise scans all the records of all streams.
 * Both stay in the file; applying them again changes nothing.
 */
export function mendStorage(dir: string): void {
  const database = new DatabaseSync(databaseFile(dir), { timeout: busyTimeoutMs });
  try {
    database.exec(mends);
  } finally {
    database.close();
  }
}
