import type { DatabaseSync } from 'node:sqlite';
import { addColumns, transaction } from '../../store.ts';
import type { ExecutionStatus } from '../execution-row.ts';

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** What may be changed while a map run is under way. */
export interface MapRunLimits {
  /** How many of its executions run at once; 0 for as many as the engine lets run. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number | null;
  readonly toleratedFailurePercentage: number | null;
}

/** One attempt of a distributed Map state. */
export interface MapRunRow extends MapRunLimits {
  readonly arn: string;
  /** The execution that the state is in. */
  readonly executionArn: string;
  /** The state machine of its executions: that of the state, with the label of the Map. */
  readonly machineArn: string;
  readonly status: MapRunStatus;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  /** 1 once all its executions are planned. */
  readonly planned: number;
  /** How often it was redriven, and when the last time. */
  readonly redriveCount: number;
  readonly redrivenAt: number | null;
}

/** An execution that a map run has to start. */
export interface PlannedChild {
  /** The ARN that it has, or will have. */
  readonly arn: string;
  readonly name: string;
  readonly input: string;
  /** How many items it processes. */
  readonly items: number;
}

/** An execution of a map run; the fields of the execution are null until it was started. */
export interface Child extends PlannedChild {
  readonly status: ExecutionStatus | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  readonly redriveCount: number;
  /** 1 when a redrive of the map run has still to redrive it. */
  readonly redriveDue: number;
}

/** Whether an execution has ended without success. */
export const isUnsuccessful = ({ status }: Pick<Child, 'status'>): boolean =>
  status !== null && status !== 'RUNNING' && status !== 'SUCCEEDED';

const RUN = `arn, execution_arn AS executionArn, machine_arn AS machineArn, status, max_concurrency AS maxConcurrency,
  tolerated_count AS toleratedFailureCount, tolerated_percentage AS toleratedFailurePercentage, started_at AS startedAt, stopped_at AS stoppedAt, planned,
  redrive_count AS redriveCount, redriven_at AS redrivenAt`;

/** Map runs and their executions in the runtime's store, beside the executions of the journal. */
export class MapRunStore {
  readonly #store: DatabaseSync;
  readonly #statements;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS states_map_runs (
        arn TEXT PRIMARY KEY, execution_arn TEXT NOT NULL, machine_arn TEXT NOT NULL, status TEXT NOT NULL, max_concurrency INTEGER NOT NULL,
        tolerated_count INTEGER, tolerated_percentage REAL, started_at INTEGER NOT NULL, stopped_at INTEGER, planned INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS states_map_runs_by_execution ON states_map_runs (execution_arn, started_at);
      CREATE TABLE IF NOT EXISTS states_map_run_children (
        map_run_arn TEXT NOT NULL, place INTEGER NOT NULL, arn TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL, items INTEGER NOT NULL,
        PRIMARY KEY (map_run_arn, place)) WITHOUT ROWID;
      CREATE UNIQUE INDEX IF NOT EXISTS states_map_run_children_by_arn ON states_map_run_children (arn);`);
    addColumns(store, 'states_map_runs', { redrive_count: 'INTEGER NOT NULL DEFAULT 0', redriven_at: 'INTEGER' });
    // How often the execution has been redriven once the map run has done with it what it has to do.
    addColumns(store, 'states_map_run_children', { redrives: 'INTEGER NOT NULL DEFAULT 0' });
    this.#statements = {
      start:
        store.prepare(`INSERT INTO states_map_runs (arn, execution_arn, machine_arn, status, max_concurrency, tolerated_count, tolerated_percentage, started_at)
        VALUES (:arn, :executionArn, :machineArn, 'RUNNING', :maxConcurrency, :toleratedFailureCount, :toleratedFailurePercentage, :startedAt)`),
      child: store.prepare(
        'INSERT INTO states_map_run_children (map_run_arn, place, arn, name, input, items) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      planned: store.prepare('UPDATE states_map_runs SET planned = 1 WHERE arn = ?'),
      end: store.prepare("UPDATE states_map_runs SET status = ?, stopped_at = ? WHERE arn = ? AND status = 'RUNNING'"),
      limit: store.prepare(
        'UPDATE states_map_runs SET max_concurrency = ?, tolerated_count = ?, tolerated_percentage = ? WHERE arn = ?',
      ),
      find: store.prepare(`SELECT ${RUN} FROM states_map_runs WHERE arn = ?`),
      running: store.prepare(`SELECT ${RUN} FROM states_map_runs WHERE status = 'RUNNING'`),
      ofExecution: store.prepare(
        `SELECT ${RUN} FROM states_map_runs WHERE execution_arn = ? AND arn > ? ORDER BY arn LIMIT ?`,
      ),
      children:
        store.prepare(`SELECT child.arn, child.name, child.input, child.items, status, output, error, cause, started_at AS startedAt, stopped_at AS stoppedAt,
          coalesce(redrive_count, 0) AS redriveCount, coalesce(redrive_count < redrives, 0) AS redriveDue
        FROM states_map_run_children child LEFT JOIN states_executions execution ON execution.arn = child.arn WHERE map_run_arn = ? ORDER BY place`),
      redrive: store.prepare(
        "UPDATE states_map_runs SET status = 'RUNNING', stopped_at = NULL, redrive_count = redrive_count + 1, redriven_at = ? WHERE arn = ?",
      ),
      redriveChild: store.prepare('UPDATE states_map_run_children SET redrives = ? WHERE arn = ?'),
      started:
        store.prepare(`SELECT execution.arn FROM states_map_run_children child JOIN states_executions execution ON execution.arn = child.arn
        WHERE map_run_arn = :mapRunArn AND (:status IS NULL OR status = :status) AND place > :place ORDER BY place LIMIT :limit`),
      membership: store.prepare(
        'SELECT map_run_arn AS mapRunArn, place, items FROM states_map_run_children WHERE arn = ?',
      ),
    };
  }

  start(run: Omit<MapRunRow, 'status' | 'stoppedAt' | 'planned' | 'redriveCount' | 'redrivenAt'>): void {
    this.#statements.start.run({ ...run });
  }

  /** Writes down all that a map run will start, so that a restart of the engine goes on with the same. */
  plan(arn: string, children: readonly PlannedChild[]): void {
    transaction(this.#store, () => {
      children.forEach((child, place) => {
        this.#statements.child.run(arn, place, child.arn, child.name, child.input, child.items);
      });
      this.#statements.planned.run(arn);
    });
  }

  /** Makes a map run that has ended one that runs again, and that has to redrive these executions. */
  redrive(arn: string, children: readonly Child[], now: number): void {
    transaction(this.#store, () => {
      this.#statements.redrive.run(now, arn);
      for (const child of children) this.#statements.redriveChild.run(child.redriveCount + 1, child.arn);
    });
  }

  /** Notes how a map run ended, unless it has ended before. */
  end(arn: string, status: Exclude<MapRunStatus, 'RUNNING'>, now: number): void {
    this.#statements.end.run(status, now, arn);
  }

  limit(arn: string, { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage }: MapRunLimits): void {
    this.#statements.limit.run(maxConcurrency, toleratedFailureCount, toleratedFailurePercentage, arn);
  }

  find(arn: string): MapRunRow | undefined {
    return this.#statements.find.get(arn) as MapRunRow | undefined;
  }

  running(): MapRunRow[] {
    return this.#statements.running.all() as unknown as MapRunRow[];
  }

  /** The map runs of an execution in the order of their ARNs, after this one. */
  ofExecution(executionArn: string, after: string, limit: number): MapRunRow[] {
    return this.#statements.ofExecution.all(executionArn, after, limit) as unknown as MapRunRow[];
  }

  children(arn: string): Child[] {
    return this.#statements.children.all(arn) as unknown as Child[];
  }

  /** ARNs of the executions that a map run has started, in the order of the items, after a place. */
  started(mapRunArn: string, status: string | null, place: number, limit: number): string[] {
    return this.#statements.started.all({ mapRunArn, status, place, limit }).map((row) => row.arn as string);
  }

  /** The map run that an execution belongs to; undefined for one that a client started. */
  membership(
    executionArn: string,
  ): { readonly mapRunArn: string; readonly place: number; readonly items: number } | undefined {
    return this.#statements.membership.get(executionArn) as ReturnType<MapRunStore['membership']>;
  }
}
