import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type JsonObject } from '../contracts.ts';
import { addColumns } from '../store.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

export interface MachineRow {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: string;
  readonly type: MachineType;
  /** JSON of what a client gave beside these, such as `loggingConfiguration`; it is told again and has no effect. */
  readonly settings: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type Tags = Readonly<Record<string, string>>;

const COLUMNS =
  'arn, name, role_arn AS roleArn, definition, type, settings, created_at AS createdAt, coalesce(updated_at, created_at) AS updatedAt';

/** State machines in the runtime's store: those of the app, and those that clients make. */
export class Machines {
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec(
      'CREATE TABLE IF NOT EXISTS states_machines (arn TEXT PRIMARY KEY, name TEXT NOT NULL, role_arn TEXT NOT NULL, definition TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID',
    );
    addColumns(store, 'states_machines', {
      type: "TEXT NOT NULL DEFAULT 'STANDARD'",
      settings: 'TEXT',
      tags: "TEXT NOT NULL DEFAULT '{}'",
      updated_at: 'INTEGER',
    });
    this.#statements = {
      put: store.prepare(`INSERT INTO states_machines (arn, name, role_arn, definition, type, settings, created_at, updated_at)
        VALUES (:arn, :name, :roleArn, :definition, :type, :settings, :createdAt, :updatedAt) ON CONFLICT (arn) DO UPDATE SET
        role_arn = excluded.role_arn, definition = excluded.definition, type = excluded.type, settings = excluded.settings, updated_at = excluded.updated_at`),
      find: store.prepare(`SELECT ${COLUMNS} FROM states_machines WHERE arn = ?`),
      page: store.prepare(`SELECT ${COLUMNS} FROM states_machines WHERE arn > ? ORDER BY arn LIMIT ?`),
      remove: store.prepare('DELETE FROM states_machines WHERE arn = ?'),
      tags: store.prepare('SELECT tags FROM states_machines WHERE arn = ?'),
      tag: store.prepare('UPDATE states_machines SET tags = ? WHERE arn = ?'),
    };
  }

  /** Creates a machine, or changes all but the time at which it was created; what runs already is not touched. */
  put(machine: MachineRow): void {
    this.#statements.put.run({ ...machine });
  }

  find(arn: string): MachineRow | undefined {
    return this.#statements.find.get(arn) as MachineRow | undefined;
  }

  /** @throws AwsError `StateMachineDoesNotExist` */
  require(arn: string): MachineRow {
    const machine = this.find(arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  /** Machines in the order of their ARNs, after this one. */
  page(after: string, limit: number): MachineRow[] {
    return this.#statements.page.all(after, limit) as unknown as MachineRow[];
  }

  remove(arn: string): void {
    this.#statements.remove.run(arn);
  }

  /** @throws AwsError `ResourceNotFound` */
  tags(arn: string): Tags {
    const row = this.#statements.tags.get(arn) as { readonly tags: string } | undefined;
    if (!row) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
    return JSON.parse(row.tags) as Tags;
  }

  setTags(arn: string, tags: Tags): void {
    this.#statements.tag.run(JSON.stringify(tags), arn);
  }
}

export const settingsOf = ({ settings }: Pick<MachineRow, 'settings'>): JsonObject =>
  settings === null ? {} : (JSON.parse(settings) as JsonObject);

/** What tells revisions of a machine apart: the same definition under the same role is the same revision. */
export const revisionOf = ({ definition, roleArn }: Pick<MachineRow, 'definition' | 'roleArn'>): string =>
  createHash('sha256').update(`${definition}\n${roleArn}`).digest('hex').slice(0, 32);
