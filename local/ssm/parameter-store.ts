import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../store.ts';

/** One version of a parameter. */
export interface Version {
  readonly name: string;
  readonly version: number;
  readonly value: string;
  readonly tier: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** As on AWS: the oldest versions are forgotten. */
const KEPT = 100;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ssm_versions (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    tier TEXT NOT NULL,
    description TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (name, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ssm_files (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The versions of all parameters, and which version the file of each has. */
export class ParameterStore {
  readonly #store: DatabaseSync;
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec(SCHEMA);
    this.#store = store;
    this.#statements = {
      add: store.prepare(`
        INSERT INTO ssm_versions (name, version, value, tier, description, at)
        VALUES (:name, :version, :value, :tier, :description, :at)`),
      forget: store.prepare('DELETE FROM ssm_versions WHERE name = ? AND version <= ?'),
      newest: store.prepare('SELECT * FROM ssm_versions WHERE name = ? ORDER BY version DESC LIMIT 1'),
      at: store.prepare('SELECT * FROM ssm_versions WHERE name = ? AND version = ?'),
      history: store.prepare('SELECT * FROM ssm_versions WHERE name = ? AND version > ? ORDER BY version LIMIT ?'),
      names: store.prepare('SELECT DISTINCT name FROM ssm_versions'),
      noteFile: store.prepare('INSERT OR REPLACE INTO ssm_files (name, version) VALUES (?, ?)'),
      inFile: store.prepare('SELECT version FROM ssm_files WHERE name = ?'),
      forgetFile: store.prepare('DELETE FROM ssm_files WHERE name = ?'),
    };
  }

  /** @param fromFile whether the file of the parameter has it already */
  add(added: Version, fromFile: boolean): void {
    const { name, version } = added;
    transaction(this.#store, () => {
      this.#statements.add.run({ ...added });
      this.#statements.forget.run(name, version - KEPT);
      if (fromFile) this.noteFile(name, version);
    });
  }

  newest(name: string): Version | undefined {
    return this.#statements.newest.get(name) as Version | undefined;
  }

  at(name: string, version: number): Version | undefined {
    return this.#statements.at.get(name, version) as Version | undefined;
  }

  /** The versions after one, oldest first. */
  history(name: string, after: number, limit: number): Version[] {
    return this.#statements.history.all(name, after, limit) as unknown as Version[];
  }

  names(): string[] {
    return this.#statements.names.all().map(({ name }) => name as string);
  }

  remove(name: string): void {
    transaction(this.#store, () => {
      this.#statements.forget.run(name, Number.MAX_SAFE_INTEGER);
      this.#statements.forgetFile.run(name);
    });
  }

  noteFile(name: string, version: number): void {
    this.#statements.noteFile.run(name, version);
  }

  /** The version that was last written to the parameter's file. */
  inFile(name: string): number | undefined {
    return (this.#statements.inFile.get(name) as { version: number } | undefined)?.version;
  }
}
