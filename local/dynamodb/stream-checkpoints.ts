import type { DatabaseSync } from 'node:sqlite';
import { present } from '../properties.ts';
import type { StreamMapping } from './stream-mapping.ts';

/** How far a shard has been handed over. */
export interface Checkpoint {
  /** The last record that needs no more handling; absent when none was. */
  readonly sequenceNumber?: string;
  /** The shard is closed and all of it was handed over. */
  readonly finished: boolean;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS dynamodb_stream_mappings (
    stream TEXT NOT NULL, function TEXT NOT NULL, PRIMARY KEY (stream, function)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS dynamodb_stream_checkpoints (
    stream TEXT NOT NULL, function TEXT NOT NULL, shard TEXT NOT NULL, sequence_number TEXT, finished INTEGER NOT NULL,
    PRIMARY KEY (stream, function, shard)
  ) STRICT;
`;

/** The positions of one event source mapping in the shards of its stream, durable when a method returns. */
export class StreamCheckpoints {
  readonly #mapping: readonly [stream: string, functionArn: string];
  readonly #statements;

  constructor(
    store: DatabaseSync,
    { tableStreamArn, functionArn }: Pick<StreamMapping, 'tableStreamArn' | 'functionArn'>,
  ) {
    this.#mapping = [tableStreamArn, functionArn];
    store.exec(SCHEMA);
    this.#statements = {
      isStarted: store.prepare('SELECT 1 FROM dynamodb_stream_mappings WHERE stream = ? AND function = ?'),
      markStarted: store.prepare('INSERT OR IGNORE INTO dynamodb_stream_mappings VALUES (?, ?)'),
      find: store.prepare(
        'SELECT sequence_number, finished FROM dynamodb_stream_checkpoints WHERE stream = ? AND function = ? AND shard = ?',
      ),
      advance: store.prepare(`INSERT INTO dynamodb_stream_checkpoints VALUES (?, ?, ?, ?, 0)
        ON CONFLICT DO UPDATE SET sequence_number = excluded.sequence_number`),
      finish: store.prepare(
        'INSERT INTO dynamodb_stream_checkpoints VALUES (?, ?, ?, NULL, 1) ON CONFLICT DO UPDATE SET finished = 1',
      ),
      forget: ['dynamodb_stream_checkpoints', 'dynamodb_stream_mappings'].map((table) =>
        store.prepare(`DELETE FROM ${table} WHERE stream = ? AND function = ?`),
      ),
    };
    this.#adopt(store);
  }

  /** A mapping that called the function itself before, and now calls an alias of it, goes on where it stood. */
  #adopt(store: DatabaseSync): void {
    const [stream, functionArn] = this.#mapping;
    const itself = functionArn.split(':').slice(0, 7).join(':');
    if (itself === functionArn || this.isStarted()) return;
    for (const table of ['dynamodb_stream_mappings', 'dynamodb_stream_checkpoints']) {
      store
        .prepare(`UPDATE ${table} SET function = ? WHERE stream = ? AND function = ?`)
        .run(functionArn, stream, itself);
    }
  }

  /** Whether the starting position of the mapping was ever decided. */
  isStarted(): boolean {
    return this.#statements.isStarted.get(...this.#mapping) !== undefined;
  }

  markStarted(): void {
    this.#statements.markStarted.run(...this.#mapping);
  }

  of(shard: string): Checkpoint {
    const row = this.#statements.find.get(...this.#mapping, shard);
    if (row === undefined) return { finished: false };
    const sequenceNumber = (row.sequence_number as string | null) ?? undefined;
    return { finished: row.finished === 1, ...present({ sequenceNumber }) };
  }

  advance(shard: string, sequenceNumber: string): void {
    this.#statements.advance.run(...this.#mapping, shard, sequenceNumber);
  }

  /** A mapping of the same stream and function begins anew. */
  forget(): void {
    for (const forget of this.#statements.forget) forget.run(...this.#mapping);
  }

  finish(shard: string): void {
    this.#statements.finish.run(...this.#mapping, shard);
  }
}
