import type { DatabaseSync } from 'node:sqlite';
import type { Json, JsonObject } from '../contracts.ts';
import { addColumns, transaction } from '../store.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Where an execution stands, so that it can go on after a restart. */
export interface Position {
  readonly state: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** How often each clause of the state's Retry was used. */
  readonly attempts: readonly number[];
  /** The event that entered the state, and when. */
  readonly enteredId: number;
  readonly enteredAt: number;
  /** Milliseconds since the epoch until which the state waits (a retry's delay or a Wait state). */
  readonly resumeAt?: number;
  readonly pending?: PendingTask;
}

/** A task that was called and waits for an answer with its token. */
export interface PendingTask {
  readonly token: string;
  /** Milliseconds since the epoch at which it times out; absent without a timeout. */
  readonly timeoutAt?: number;
}

export interface ExecutionRow {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
  /** Text of the definition that it started with and keeps to its end. */
  readonly definition: string;
  readonly roleArn: string;
  readonly input: string;
  readonly status: ExecutionStatus;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  /** Where it stands, or where it would go on when it is redriven; null before its first commit, and when it has succeeded. */
  readonly position: string | null;
  /** How often a client redrove it, and when the last time. */
  readonly redriveCount: number;
  readonly redrivenAt: number | null;
  /** JSON of the client tokens of its last redrives. */
  readonly redriveTokens: string | null;
  /** How often the engine was stopped while it ran. */
  readonly restarts: number;
}

export type NewExecution = Pick<
  ExecutionRow,
  'arn' | 'name' | 'machineArn' | 'versionArn' | 'aliasArn' | 'definition' | 'roleArn' | 'input' | 'startedAt'
>;

/** One history event before it goes over the wire. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousId: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly type: string;
  /** The event's details under the name that AWS gives them, such as `taskFailedEventDetails`. */
  readonly details: JsonObject;
}

export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly stoppedAt: number;
}

export interface ExecutionFilter {
  readonly machineArn: string;
  readonly versionArn?: string | null;
  readonly aliasArn?: string | null;
  readonly status?: string | null;
  /** Only those that were redriven, or only those that were not. */
  readonly redriven?: boolean | null;
}

/** Where a page of the list of a machine's executions ends. */
export interface PageEnd {
  readonly startedAt: number;
  readonly arn: string;
}

/** Executions and their histories in the runtime's store. Each commit is one transaction, on disk before it returns. */
export class Journal {
  readonly #store: DatabaseSync;
  readonly #statements;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS states_definitions (hash TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS states_executions (
        arn TEXT PRIMARY KEY, name TEXT NOT NULL, machine_arn TEXT NOT NULL, version_arn TEXT, alias_arn TEXT, definition_hash TEXT NOT NULL,
        role_arn TEXT NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
        started_at INTEGER NOT NULL, stopped_at INTEGER, position TEXT) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS states_executions_by_start ON states_executions (machine_arn, started_at DESC);
      CREATE INDEX IF NOT EXISTS states_executions_running ON states_executions (status) WHERE status = 'RUNNING';
      CREATE TABLE IF NOT EXISTS states_history (
        execution_arn TEXT NOT NULL, id INTEGER NOT NULL, previous_id INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL,
        details TEXT NOT NULL, PRIMARY KEY (execution_arn, id)) WITHOUT ROWID;`);
    const added = addColumns(store, 'states_executions', {
      redrive_count: 'INTEGER NOT NULL DEFAULT 0',
      redriven_at: 'INTEGER',
      redrive_tokens: 'TEXT',
      restarts: 'INTEGER NOT NULL DEFAULT 0',
    });
    if (added.includes('restarts')) this.#countEarlierRestarts();
    const columns = `arn, name, machine_arn AS machineArn, version_arn AS versionArn, alias_arn AS aliasArn, body AS definition, role_arn AS roleArn,
      input, status, output, error, cause, started_at AS startedAt, stopped_at AS stoppedAt, position,
      redrive_count AS redriveCount, redriven_at AS redrivenAt, redrive_tokens AS redriveTokens, restarts
      FROM states_executions JOIN states_definitions ON hash = definition_hash`;
    this.#statements = {
      define: store.prepare('INSERT OR IGNORE INTO states_definitions (hash, body) VALUES (?, ?)'),
      start:
        store.prepare(`INSERT INTO states_executions (arn, name, machine_arn, version_arn, alias_arn, definition_hash, role_arn, input, status, started_at)
        VALUES (:arn, :name, :machineArn, :versionArn, :aliasArn, :hash, :roleArn, :input, 'RUNNING', :startedAt)`),
      move: store.prepare('UPDATE states_executions SET position = ? WHERE arn = ?'),
      end: store.prepare(
        'UPDATE states_executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ?, position = ? WHERE arn = ?',
      ),
      redrive:
        store.prepare(`UPDATE states_executions SET status = 'RUNNING', error = NULL, cause = NULL, stopped_at = NULL,
        redrive_count = redrive_count + 1, redriven_at = ?, redrive_tokens = ? WHERE arn = ?`),
      restart: store.prepare('UPDATE states_executions SET restarts = restarts + 1 WHERE arn = ?'),
      append: store.prepare(
        'INSERT INTO states_history (execution_arn, id, previous_id, at, type, details) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      find: store.prepare(`SELECT ${columns} WHERE arn = ?`),
      running: store.prepare(`SELECT ${columns} WHERE status = 'RUNNING' ORDER BY started_at`),
      list: store.prepare(`SELECT ${columns} WHERE machine_arn = :machineArn AND (:versionArn IS NULL OR version_arn = :versionArn) AND (:aliasArn IS NULL OR alias_arn = :aliasArn)
        AND (:status IS NULL OR status = :status)
        AND (:redriven IS NULL OR (redrive_count > 0) = :redriven) AND (started_at < :startedAt OR (started_at = :startedAt AND arn > :arn)) ORDER BY started_at DESC, arn LIMIT :limit`),
      history: store.prepare(
        'SELECT id, previous_id AS previousId, at AS timestamp, type, details FROM states_history WHERE execution_arn = ? AND id > ? ORDER BY id LIMIT ?',
      ),
      reversed: store.prepare(
        'SELECT id, previous_id AS previousId, at AS timestamp, type, details FROM states_history WHERE execution_arn = ? AND id < ? ORDER BY id DESC LIMIT ?',
      ),
      lastId: store.prepare('SELECT coalesce(max(id), 0) AS id FROM states_history WHERE execution_arn = ?'),
    };
  }

  start({ definition, ...execution }: NewExecution, hash: string, first: HistoryEvent): void {
    transaction(this.#store, () => {
      this.#statements.define.run(hash, definition);
      this.#statements.start.run({ ...execution, hash });
      this.#append(execution.arn, first);
    });
  }

  /** Notes what happened, and where the execution stands now; without a position it stands where it stood. */
  commit(arn: string, events: readonly HistoryEvent[], position?: Position): void {
    transaction(this.#store, () => {
      for (const event of events) this.#append(arn, event);
      if (position) this.#statements.move.run(JSON.stringify(position), arn);
    });
  }

  /** @param standing where it would go on when it is redriven */
  end(
    arn: string,
    events: readonly HistoryEvent[],
    { status, output, error, cause, stoppedAt }: Ending,
    standing?: Position,
  ): void {
    const position = standing ? JSON.stringify(standing) : null;
    transaction(this.#store, () => {
      for (const event of events) this.#append(arn, event);
      this.#statements.end.run(status, output ?? null, error ?? null, cause ?? null, stoppedAt, position, arn);
    });
  }

  /** Makes an execution that has ended one that runs again, from its position. */
  redrive(arn: string, tokens: string | null, event: HistoryEvent): void {
    transaction(this.#store, () => {
      this.#append(arn, event);
      this.#statements.redrive.run(event.timestamp, tokens, arn);
    });
  }

  /** Notes that the engine goes on with an execution after a stop. */
  restart(arn: string): void {
    this.#statements.restart.run(arn);
  }

  find(arn: string): ExecutionRow | undefined {
    return this.#statements.find.get(arn) as ExecutionRow | undefined;
  }

  running(): ExecutionRow[] {
    return this.#statements.running.all() as unknown as ExecutionRow[];
  }

  /** Executions of a machine, the newest first, after `end`. */
  list(
    { machineArn, versionArn = null, aliasArn = null, status = null, redriven = null }: ExecutionFilter,
    end: PageEnd | undefined,
    limit: number,
  ): ExecutionRow[] {
    const { startedAt, arn } = end ?? { startedAt: Number.MAX_SAFE_INTEGER, arn: '' };
    return this.#statements.list.all({
      machineArn,
      versionArn,
      aliasArn,
      status,
      redriven: redriven === null ? null : Number(redriven),
      startedAt,
      arn,
      limit,
    }) as unknown as ExecutionRow[];
  }

  /** Events after (or, in reverse, before) `from`, at most `limit`. */
  history(arn: string, from: number, limit: number, reverse: boolean): HistoryEvent[] {
    const rows = (reverse ? this.#statements.reversed : this.#statements.history).all(arn, from, limit);
    return rows.map((row) => ({ ...row, details: JSON.parse(row.details as string) as JsonObject }) as HistoryEvent);
  }

  lastEventId(arn: string): number {
    return (this.#statements.lastId.get(arn) as { id: number }).id;
  }

  /** Up to release 0.2.0 each restart was an event of the history. */
  #countEarlierRestarts(): void {
    this.#store.exec(`UPDATE states_executions SET restarts =
      (SELECT count(*) FROM states_history WHERE execution_arn = arn AND type = 'ExecutionRedriven') WHERE status = 'RUNNING'`);
  }

  #append(arn: string, { id, previousId, timestamp, type, details }: HistoryEvent): void {
    this.#statements.append.run(arn, id, previousId, timestamp, type, JSON.stringify(details));
  }
}
