import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../contracts.ts';

export interface MachineRow {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What an execution starts with: a machine as it is now, or as a version froze it. */
export interface StartTarget extends MachineRow {
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
}

export interface Route {
  readonly stateMachineVersionArn: string;
  /** Percentage of executions, 0 to 100. */
  readonly weight: number;
}

/** State machines, their versions and aliases, in the runtime's store. */
export class Machines {
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS states_machines (arn TEXT PRIMARY KEY, name TEXT NOT NULL, role_arn TEXT NOT NULL, definition TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS states_versions (arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, number INTEGER NOT NULL, definition TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS states_aliases (arn TEXT PRIMARY KEY, routes TEXT NOT NULL) WITHOUT ROWID;`);
    this.#statements = {
      put: store.prepare(`INSERT INTO states_machines (arn, name, role_arn, definition, created_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (arn) DO UPDATE SET role_arn = excluded.role_arn, definition = excluded.definition`),
      find: store.prepare(
        'SELECT arn, name, role_arn AS roleArn, definition, created_at AS createdAt FROM states_machines WHERE arn = ?',
      ),
      all: store.prepare(
        'SELECT arn, name, role_arn AS roleArn, definition, created_at AS createdAt FROM states_machines ORDER BY name',
      ),
      newestVersion: store.prepare(
        'SELECT arn, number, definition FROM states_versions WHERE machine_arn = ? ORDER BY number DESC LIMIT 1',
      ),
      addVersion: store.prepare(
        'INSERT INTO states_versions (arn, machine_arn, number, definition) VALUES (?, ?, ?, ?)',
      ),
      version: store.prepare('SELECT machine_arn AS machineArn, definition FROM states_versions WHERE arn = ?'),
      putAlias: store.prepare('INSERT OR REPLACE INTO states_aliases (arn, routes) VALUES (?, ?)'),
      alias: store.prepare('SELECT routes FROM states_aliases WHERE arn = ?'),
    };
  }

  /** Creates a machine or gives it a new definition; what runs already is not touched. */
  put({ arn, name, roleArn, definition, createdAt }: MachineRow): void {
    this.#statements.put.run(arn, name, roleArn, definition, createdAt);
  }

  all(): MachineRow[] {
    return this.#statements.all.all() as unknown as MachineRow[];
  }

  has(arn: string): boolean {
    return this.#statements.find.get(arn) !== undefined;
  }

  /** Freezes the machine as it is now. The same definition again is the same version. */
  publish(machineArn: string): string {
    const { definition } = this.#machine(machineArn);
    const newest = this.#statements.newestVersion.get(machineArn) as
      | { arn: string; number: number; definition: string }
      | undefined;
    if (newest?.definition === definition) return newest.arn;
    const number = (newest?.number ?? 0) + 1;
    const arn = `${machineArn}:${number}`;
    this.#statements.addVersion.run(arn, machineArn, number, definition);
    return arn;
  }

  putAlias(arn: string, routes: readonly Route[]): void {
    this.#statements.putAlias.run(arn, JSON.stringify(routes));
  }

  /**
   * What to start for the ARN of a machine, a version or an alias.
   * @param random chooses among an alias's routes; from 0 to below 1
   * @throws AwsError `StateMachineDoesNotExist`
   */
  target(arn: string, random: () => number): StartTarget {
    const alias = this.#statements.alias.get(arn) as { routes: string } | undefined;
    if (alias) {
      const versionArn = pick(JSON.parse(alias.routes) as Route[], random());
      return { ...this.target(versionArn, random), aliasArn: arn };
    }
    const version = this.#statements.version.get(arn) as { machineArn: string; definition: string } | undefined;
    if (version) {
      return { ...this.#machine(version.machineArn), definition: version.definition, versionArn: arn, aliasArn: null };
    }
    return { ...this.#machine(arn), versionArn: null, aliasArn: null };
  }

  #machine(arn: string): MachineRow {
    const machine = this.#statements.find.get(arn) as MachineRow | undefined;
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }
}

function pick(routes: readonly Route[], random: number): string {
  let passed = 0;
  const route = routes.find(({ weight }) => (passed += weight) > random * 100) ?? routes.at(-1);
  if (!route) throw new AwsError('ValidationException', 'The alias routes to no version.');
  return route.stateMachineVersionArn;
}
