import type { DatabaseSync } from 'node:sqlite';

/** How far a shard has been handed over. */
export interface Checkpoint {
  /** The last record that needs no more handling; absent when none was. */
  readonly sequenceNumber?: string;
  /** The shard is closed and all of it was handed over. */
  readonly finished: boolean;
}

/** The positions of event source mappings in the shards of their streams, durable when a method returns. */
export class StreamCheckpoints {
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS dynamodb_stream_mappings (
        stream TEXT NOT NULL, function TEXT NOT NULL, PRIMARY KEY (stream, function)
      ) STRICT;
      CREATE TABLE IF NOT EXISTS dynamodb_stream_checkpoints (
        stream TEXT NOT NULL, function TEXT NOT NULL, shard TEXT NOT NULL, sequence_number TEXT, finished INTEGER NOT NULL,
        PRIMARY KEY (stream, function, shard)
      ) STRICT;
    `);
  }

  /** Whether the mapping has ever found out where it begins. */
  isStarted(stream: string, fn: string): boolean {
    return (
      this.#store
        .prepare('SELECT 1 FROM dynamodb_stream_mappings WHERE stream = ? AND function = ?')
        .get(stream, fn) !== undefined
    );
  }

  markStarted(stream: string, fn: string): void {
    this.#store.prepare('INSERT OR IGNORE INTO dynamodb_stream_mappings VALUES (?, ?)').run(stream, fn);
  }

  of(stream: string, fn: string, shard: string): Checkpoint {
    const row = this.#store
      .prepare(
        'SELECT sequence_number, finished FROM dynamodb_stream_checkpoints WHERE stream = ? AND function = ? AND shard = ?',
      )
      .get(stream, fn, shard);
    if (row === undefined) return { finished: false };
    const { sequence_number: sequenceNumber, finished } = row;
    return { finished: finished === 1, ...(typeof sequenceNumber === 'string' && { sequenceNumber }) };
  }

  advance(stream: string, fn: string, shard: string, sequenceNumber: string): void {
    this.#store
      .prepare(`INSERT INTO dynamodb_stream_checkpoints VALUES (?, ?, ?, ?, 0)
        ON CONFLICT DO UPDATE SET sequence_number = excluded.sequence_number`)
      .run(stream, fn, shard, sequenceNumber);
  }

  finish(stream: string, fn: string, shard: string): void {
    this.#store
      .prepare(
        'INSERT INTO dynamodb_stream_checkpoints VALUES (?, ?, ?, NULL, 1) ON CONFLICT DO UPDATE SET finished = 1',
      )
      .run(stream, fn, shard);
  }
}
