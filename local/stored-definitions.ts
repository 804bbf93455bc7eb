import type { DatabaseSync } from 'node:sqlite';

/** What clients define in one service, as JSON by its name or ARN, for the next start; a change is durable when its method returns. */
export class StoredDefinitions<Definition> {
  readonly #statements;

  /** @param table is made when it is missing. */
  constructor(store: DatabaseSync, table: string) {
    store.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, definition TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    );
    this.#statements = {
      all: store.prepare(`SELECT definition FROM ${table} ORDER BY key`),
      put: store.prepare(
        `INSERT INTO ${table} (key, definition) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET definition = excluded.definition`,
      ),
      remove: store.prepare(`DELETE FROM ${table} WHERE key = ?`),
    };
  }

  all(): Definition[] {
    return this.#statements.all.all().map(({ definition }) => JSON.parse(definition as string) as Definition);
  }

  put(key: string, definition: Definition): void {
    this.#statements.put.run(key, JSON.stringify(definition));
  }

  remove(key: string): void {
    this.#statements.remove.run(key);
  }
}
