import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { check, withDatabase } from '../database-file.ts';

/**
 * The statistics say of both indexes that one shard and one stream have all the records. Without them the SQLite in
 * DynamoDB Local uses the indexes also for reading behind a sequence number, and then walks through every record of the
 * stream: a read that finds nothing took 38 ms with 10,000 records instead of 2.
 */
const REPAIRS = `
  PRAGMA journal_mode = WAL;
  CREATE INDEX IF NOT EXISTS us_shard ON us (ShardID, SequenceNumber);
  CREATE INDEX IF NOT EXISTS us_stream ON us (StreamID, SequenceNumber);
  PRAGMA analysis_limit = 1;
  ANALYZE us;
  DELETE FROM sqlite_stat1 WHERE tbl = 'us';
  INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('us', 'us_shard', '1000000 1000000 1'), ('us', 'us_stream', '1000000 1000000 1');
`;

/** Where DynamoDB Local keeps everything when it runs with `-sharedDb`. */
const databaseFile = (dir: string): string => join(dir, 'shared-local-instance.db');

/** Whether DynamoDB Local has made its tables in `dir`; a first start that was killed may have left only the file. */
export function hasDatabase(dir: string): boolean {
  if (!existsSync(databaseFile(dir))) return false;
  return withDatabase(
    databaseFile(dir),
    (database) =>
      database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'us'").get() !== undefined,
  );
}

/**
 * Gives the database of a stopped DynamoDB Local a write-ahead log, so that a commit costs one sync, and the indexes
 * that its table of stream records lacks: with two streams, a write to the quieter one otherwise scans the records of both.
 * Both stay in the file; applying them again changes nothing.
 */
export function repairStorage(dir: string): void {
  withDatabase(databaseFile(dir), (database) => {
    check(database);
    database.exec(REPAIRS);
  });
}
