import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** One action of a partner, as its merchants see it. */
export interface Movement {
  readonly kind: string;
}

export type Entry<M extends Movement> = M & {
  /** Grows by one with each entry of the ledger. */
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The merchant's key for one order. */
  readonly key: string;
};

interface Row {
  readonly sequence: number;
  readonly at: string;
  readonly key: string;
  readonly movement: string;
}

const PAGE = 10_000;
/** A process that ends and its successor may have the file open at the same time for a moment. */
const BUSY_MS = 5_000;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS entries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    key TEXT NOT NULL,
    movement TEXT NOT NULL,
    memo TEXT
  );
  CREATE INDEX IF NOT EXISTS entries_by_key ON entries (key, sequence);
  CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END;
  CREATE TRIGGER IF NOT EXISTS entries_remain BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END;
`;

/** A partner's ledger: entries are added and never changed, and they survive the process. */
export class Ledger<M extends Movement> {
  readonly #db: DatabaseSync;
  readonly #now: () => number;
  readonly #insert: StatementSync;
  readonly #byKey: StatementSync;
  readonly #page: StatementSync;
  readonly #pageOfKey: StatementSync;
  readonly #memo: StatementSync;

  /**
   * @param file without one the ledger is in memory
   * @param now milliseconds since the epoch. @default of this machine
   */
  constructor(file?: string, now: () => number = Date.now) {
    this.#now = now;
    this.#db = new DatabaseSync(file ?? ':memory:', { timeout: BUSY_MS });
    try {
      this.#db.exec(SCHEMA);
    } catch (cause) {
      throw new Error(`The ledger ${file} cannot be used: ${(cause as Error).message}. Nothing was changed.`, {
        cause,
      });
    }
    this.#insert = this.#db.prepare('INSERT INTO entries (at, key, movement, memo) VALUES (?, ?, ?, ?)');
    this.#byKey = this.#db.prepare('SELECT sequence, at, key, movement FROM entries WHERE key = ? ORDER BY sequence');
    this.#page = this.#db.prepare(
      'SELECT sequence, at, key, movement FROM entries WHERE sequence > ? ORDER BY sequence LIMIT ?',
    );
    this.#pageOfKey = this.#db.prepare(
      'SELECT sequence, at, key, movement FROM entries WHERE sequence > ? AND key = ? ORDER BY sequence LIMIT ?',
    );
    this.#memo = this.#db.prepare(
      'SELECT memo FROM entries WHERE key = ? AND memo IS NOT NULL ORDER BY sequence DESC LIMIT 1',
    );
  }

  /** @param memo what the partner keeps of the request and does not show */
  append(key: string, movement: M, memo?: string): void {
    this.#insert.run(new Date(this.#now()).toISOString(), key, JSON.stringify(movement), memo ?? null);
  }

  /** Everything that happened under `key`, oldest first. */
  of(key: string): Entry<M>[] {
    return (this.#byKey.all(key) as unknown as Row[]).map(entryOf<M>);
  }

  /** Every entry, oldest first. */
  *all(): Generator<Entry<M>> {
    let after = 0;
    for (;;) {
      const entries = this.page({ after, limit: PAGE });
      yield* entries;
      if (entries.length < PAGE) return;
      after = entries.at(-1)!.sequence;
    }
  }

  /** Up to `limit` entries after the one numbered `after`, oldest first; of all keys when `key` is undefined. */
  page({
    key,
    after,
    limit,
  }: {
    readonly key?: string | undefined;
    readonly after: number;
    readonly limit: number;
  }): Entry<M>[] {
    const rows = key === undefined ? this.#page.all(after, limit) : this.#pageOfKey.all(after, key, limit);
    return (rows as unknown as Row[]).map(entryOf<M>);
  }

  /** The latest memo of `key`. */
  memo(key: string): string | undefined {
    return (this.#memo.get(key) as { memo: string } | undefined)?.memo;
  }

  /** Where the partner can keep more than movements. */
  get database(): DatabaseSync {
    return this.#db;
  }

  /** All that `work` writes in the database, or, when it throws, nothing of it. */
  transaction<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }
}

const entryOf = <M extends Movement>({ sequence, at, key, movement }: Row): Entry<M> => ({
  sequence,
  at,
  key,
  ...(JSON.parse(movement) as M),
});
