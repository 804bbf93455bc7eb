import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile, repairStorage } from '../../../../local/dynamodb/dynoxide/storage.ts';

const DAY = 86_400;

let dir: string;
let database: DatabaseSync;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-dynoxide-'));
  database = new DatabaseSync(databaseFile(dir));
  // As dynoxide makes it, as far as the repair looks at it.
  database.exec(`CREATE TABLE _stream_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT, shard_id TEXT, sequence_number TEXT, created_at INTEGER)`);
});
afterEach(() => {
  database.close();
  rmSync(dir, { recursive: true, force: true });
});

const record = (table: string, number: number, createdAt: number): unknown =>
  database
    .prepare('INSERT INTO _stream_records (table_name, shard_id, sequence_number, created_at) VALUES (?, ?, ?, ?)')
    .run(table, 'shard', String(number), createdAt);

const kept = (table: string): number[] =>
  database
    .prepare('SELECT sequence_number FROM _stream_records WHERE table_name = ? ORDER BY id')
    .all(table)
    .map(({ sequence_number }) => Number(sequence_number));

test('records go when they are a day older than the newest of their table, which always stays', () => {
  record('busy', 9, 0);
  record('busy', 10, 10);
  record('busy', 11, 10 + DAY);
  record('quiet', 1, 0);
  repairStorage(dir);
  expect(kept('busy')).toEqual([10, 11]);
  expect(kept('quiet')).toEqual([1]);
  repairStorage(dir);
  expect(kept('busy')).toEqual([10, 11]);
});

test('the records behind a number are found by an index, in order', () => {
  repairStorage(dir);
  // A plan alone would not see the new schema.
  expect(kept('a')).toEqual([]);
  const plan = database
    .prepare(
      `EXPLAIN QUERY PLAN SELECT * FROM _stream_records WHERE table_name = 'a' AND shard_id = 'b'
        AND CAST(sequence_number AS INTEGER) > 5 ORDER BY CAST(sequence_number AS INTEGER) LIMIT 10`,
    )
    .all();
  // Without a second step, which would sort.
  expect(plan).toEqual([
    expect.objectContaining({ detail: expect.stringMatching(/^SEARCH .* INDEX stream_records_by_shard/) }),
  ]);
});
