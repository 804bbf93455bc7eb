/** The intents as they were asked for, in the database of the ledger. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Intent } from './protocol.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS intents (id TEXT PRIMARY KEY, key TEXT NOT NULL, created INTEGER NOT NULL, content TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS intents_by_key ON intents (key, created);
  CREATE TABLE IF NOT EXISTS refunds (id TEXT PRIMARY KEY, intent TEXT NOT NULL) WITHOUT ROWID;
`;

interface Row {
  readonly content: string;
}

export class IntentStore {
  readonly #byId: StatementSync;
  readonly #byKey: StatementSync;
  readonly #all: StatementSync;
  readonly #put: StatementSync;
  readonly #ofRefund: StatementSync;
  readonly #putRefund: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(SCHEMA);
    this.#byId = database.prepare('SELECT content FROM intents WHERE id = ?');
    this.#byKey = database.prepare('SELECT content FROM intents WHERE key = ? ORDER BY created DESC, rowid DESC');
    this.#all = database.prepare('SELECT content FROM intents ORDER BY created DESC');
    this.#put = database.prepare('INSERT OR REPLACE INTO intents (id, key, created, content) VALUES (?, ?, ?, ?)');
    this.#ofRefund = database.prepare(
      'SELECT intents.content FROM refunds JOIN intents ON intents.id = refunds.intent WHERE refunds.id = ?',
    );
    this.#putRefund = database.prepare('INSERT OR REPLACE INTO refunds (id, intent) VALUES (?, ?)');
  }

  find(id: string): Intent | undefined {
    return intentIn(this.#byId.get(id));
  }

  /** Newest first; of all keys without one. */
  of(key?: string): Intent[] {
    const rows = key === undefined ? this.#all.all() : this.#byKey.all(key);
    return rows.map((row) => intentIn(row)!);
  }

  ofRefund(refundId: string): Intent | undefined {
    return intentIn(this.#ofRefund.get(refundId));
  }

  put(intent: Intent): void {
    this.#put.run(intent.id, intent.key, intent.created, JSON.stringify(intent));
    const last = intent.refunds.at(-1);
    if (last !== undefined) this.#putRefund.run(last.id, intent.id);
  }
}

const intentIn = (row: unknown): Intent | undefined =>
  row === undefined ? undefined : (JSON.parse((row as Row).content) as Intent);
