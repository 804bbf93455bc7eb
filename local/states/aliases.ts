import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../contracts.ts';
import { addColumns } from '../store.ts';

export interface Route {
  readonly stateMachineVersionArn: string;
  /** Percentage of executions, 0 to 100. */
  readonly weight: number;
}

export interface Alias {
  readonly arn: string;
  readonly routes: readonly Route[];
  readonly description: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

interface AliasRow extends Omit<Alias, 'routes'> {
  readonly routes: string;
}

const COLUMNS =
  'arn, routes, description, coalesce(created_at, 0) AS createdAt, coalesce(updated_at, created_at, 0) AS updatedAt';

/** Aliases of state machines, in the runtime's store. */
export class Aliases {
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec('CREATE TABLE IF NOT EXISTS states_aliases (arn TEXT PRIMARY KEY, routes TEXT NOT NULL) WITHOUT ROWID');
    addColumns(store, 'states_aliases', { description: 'TEXT', created_at: 'INTEGER', updated_at: 'INTEGER' });
    this.#statements = {
      put: store.prepare(`INSERT INTO states_aliases (arn, routes, description, created_at, updated_at)
        VALUES (:arn, :routes, :description, :createdAt, :updatedAt) ON CONFLICT (arn) DO UPDATE SET
        routes = excluded.routes, description = excluded.description, updated_at = excluded.updated_at`),
      find: store.prepare(`SELECT ${COLUMNS} FROM states_aliases WHERE arn = ?`),
      page: store.prepare(
        `SELECT ${COLUMNS} FROM states_aliases WHERE arn > :after AND arn < :end ORDER BY arn LIMIT :limit`,
      ),
      remove: store.prepare('DELETE FROM states_aliases WHERE arn = ?'),
    };
  }

  /** Creates an alias, or changes all but the time at which it was created. */
  put(alias: Alias): void {
    this.#statements.put.run({ ...alias, routes: JSON.stringify(alias.routes) });
  }

  find(arn: string): Alias | undefined {
    const row = this.#statements.find.get(arn) as AliasRow | undefined;
    return row && aliasOf(row);
  }

  /** Aliases of a machine in the order of their names, after this ARN. */
  page(machineArn: string, after: string, limit: number): Alias[] {
    // A semicolon follows the colon.
    const rows = this.#statements.page.all({ after: after || `${machineArn}:`, end: `${machineArn};`, limit });
    return (rows as unknown as AliasRow[]).map(aliasOf);
  }

  /** All aliases of a machine. */
  of(machineArn: string): Alias[] {
    return this.page(machineArn, '', -1);
  }

  remove(arn: string): void {
    this.#statements.remove.run(arn);
  }
}

const aliasOf = (row: AliasRow): Alias => ({ ...row, routes: JSON.parse(row.routes) as Route[] });

/** The version that an execution is started with. @param random from 0 to below 1 */
export function routeOf({ routes }: Alias, random: number): string {
  let passed = 0;
  const route = routes.find(({ weight }) => (passed += weight) > random * 100) ?? routes.at(-1);
  if (!route) throw new AwsError('ValidationException', 'The alias routes to no version.');
  return route.stateMachineVersionArn;
}
