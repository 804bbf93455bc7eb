import { existsSync } from 'node:fs';
import path from 'node:path';
import { check, withDatabase } from '../database-file.ts';

/** Its table of stream records has no index: each write to a table with a stream would read the records of all streams. */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS stream_records_by_table ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS stream_records_by_shard
    ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
`;

/**
 * Records are kept for 24 hours, counted to the newest record of their table and not to now: what no function was given before the
 * runtime was stopped must still be there when it starts again days later. The newest stays whatever its age, because
 * dynoxide numbers on from it: without it the numbers would begin at 1 again, behind which every reader already is.
 */
const TRIM = `
  DELETE FROM _stream_records WHERE id IN (
    SELECT record.id FROM _stream_records AS record
    JOIN (SELECT table_name, MAX(created_at) AS newest_at, MAX(id) AS newest_id FROM _stream_records GROUP BY table_name) AS of_table
      ON of_table.table_name = record.table_name
    WHERE record.created_at < of_table.newest_at - 86400 AND record.id < of_table.newest_id
  );
`;

export const databaseFile = (dir: string): string => path.join(dir, 'dynoxide.db');

/** Whether dynoxide has made its tables in `dir`; a first start that was killed may have left only the file. */
export function hasDatabase(dir: string): boolean {
  if (!existsSync(databaseFile(dir))) return false;
  return withDatabase(
    databaseFile(dir),
    (database) => database.prepare("SELECT 1 FROM sqlite_schema WHERE name = '_stream_records'").get() !== undefined,
  );
}

/** Gives the database of a stopped dynoxide the indexes that its stream records lack, and deletes the old ones of them. */
export function repairStorage(dir: string): void {
  withDatabase(databaseFile(dir), (database) => {
    check(database);
    database.exec(`PRAGMA journal_mode = WAL; ${INDEXES} ${TRIM}`);
  });
}
