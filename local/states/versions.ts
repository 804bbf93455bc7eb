import type { DatabaseSync } from 'node:sqlite';
import { addColumns, transaction } from '../store.ts';
import type { Machines } from './machines.ts';

/** A machine's definition and role as they were when it was published. */
export interface VersionRow {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly definition: string;
  /** Null for versions of release 0.2.0 and before, which have the machine's role as it is now. */
  readonly roleArn: string | null;
  readonly description: string | null;
  /** Milliseconds since the epoch; null for versions of release 0.2.0 and before. */
  readonly createdAt: number | null;
}

const COLUMNS =
  'arn, machine_arn AS machineArn, number, definition, role_arn AS roleArn, description, created_at AS createdAt';

/** Versions of state machines, in the runtime's store. */
export class Versions {
  readonly #store: DatabaseSync;
  readonly #machines: Machines;
  readonly #statements;

  constructor(store: DatabaseSync, machines: Machines) {
    this.#store = store;
    this.#machines = machines;
    store.exec(`
      CREATE TABLE IF NOT EXISTS states_versions (arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, number INTEGER NOT NULL, definition TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS states_last_versions (machine_arn TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;`);
    addColumns(store, 'states_versions', { role_arn: 'TEXT', description: 'TEXT', created_at: 'INTEGER' });
    this.#statements = {
      add: store.prepare(`INSERT INTO states_versions (arn, machine_arn, number, definition, role_arn, description, created_at)
        VALUES (:arn, :machineArn, :number, :definition, :roleArn, :description, :createdAt)`),
      find: store.prepare(`SELECT ${COLUMNS} FROM states_versions WHERE arn = ?`),
      page: store.prepare(
        `SELECT ${COLUMNS} FROM states_versions WHERE machine_arn = ? AND number < ? ORDER BY number DESC LIMIT ?`,
      ),
      last: store.prepare('SELECT number FROM states_last_versions WHERE machine_arn = ?'),
      count: store.prepare('INSERT OR REPLACE INTO states_last_versions (machine_arn, number) VALUES (?, ?)'),
      remove: store.prepare('DELETE FROM states_versions WHERE arn = ?'),
      removeAll: store.prepare('DELETE FROM states_versions WHERE machine_arn = ?'),
    };
  }

  /** Freezes the machine as it is now. The same revision again is the same version. @throws AwsError `StateMachineDoesNotExist` */
  publish(machineArn: string, createdAt: number, description: string | null = null): VersionRow {
    const { definition, roleArn } = this.#machines.require(machineArn);
    const [newest] = this.page(machineArn, Number.MAX_SAFE_INTEGER, 1);
    if (newest?.definition === definition && (newest.roleArn ?? roleArn) === roleArn) return newest;
    // The number of a version that was deleted is not given again.
    const last = this.#statements.last.get(machineArn) as { readonly number: number } | undefined;
    const number = Math.max(newest?.number ?? 0, last?.number ?? 0) + 1;
    const version = { arn: `${machineArn}:${number}`, machineArn, number, definition, roleArn, description, createdAt };
    transaction(this.#store, () => {
      this.#statements.add.run(version);
      this.#statements.count.run(machineArn, number);
    });
    return version;
  }

  find(arn: string): VersionRow | undefined {
    return this.#statements.find.get(arn) as VersionRow | undefined;
  }

  /** Versions of a machine, the newest first, below a number. */
  page(machineArn: string, below: number, limit: number): VersionRow[] {
    return this.#statements.page.all(machineArn, below, limit) as unknown as VersionRow[];
  }

  remove(arn: string): void {
    this.#statements.remove.run(arn);
  }

  removeAll(machineArn: string): void {
    this.#statements.removeAll.run(machineArn);
  }
}
