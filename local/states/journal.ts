import type { DatabaseSync } from 'node:sqlite';
import { addColumns, transaction } from '../store.ts';
import { CommitLog, type HistoryEvent, type Position } from './commit-log.ts';
import { takeOverEarlierJournal } from './earlier-journal.ts';
import type { ExecutionFilter, ExecutionRow, ExecutionStatus, ListedExecution, PageEnd } from './execution-row.ts';

export type NewExecution = Pick<
  ExecutionRow,
  'arn' | 'name' | 'machineArn' | 'versionArn' | 'aliasArn' | 'definition' | 'roleArn' | 'input' | 'startedAt'
>;

/** The event with which an execution begins. */
export const executionStarted = (
  { input, roleArn }: Pick<NewExecution, 'input' | 'roleArn'>,
  timestamp: number,
): HistoryEvent => ({
  id: 1,
  previousId: 0,
  timestamp,
  type: 'ExecutionStarted',
  details: { executionStartedEventDetails: { input, roleArn } },
});

export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly stoppedAt: number;
}

interface WaitingCommit {
  readonly append: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Executions and their histories in the runtime's store. What a method was asked to write is on disk when it has returned or resolved. */
export class Journal {
  readonly #store: DatabaseSync;
  readonly #commits: CommitLog;
  #waiting: WaitingCommit[] = [];
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
      CREATE INDEX IF NOT EXISTS states_executions_running ON states_executions (status) WHERE status = 'RUNNING';`);
    const added = addColumns(store, 'states_executions', {
      redrive_count: 'INTEGER NOT NULL DEFAULT 0',
      redriven_at: 'INTEGER',
      redrive_tokens: 'TEXT',
      restarts: 'INTEGER NOT NULL DEFAULT 0',
      number: 'INTEGER',
    });
    this.#commits = new CommitLog(store);
    takeOverEarlierJournal(store, added);
    const listed = `arn, name, machine_arn AS machineArn, version_arn AS versionArn, alias_arn AS aliasArn, status, started_at AS startedAt,
      stopped_at AS stoppedAt, redrive_count AS redriveCount, redriven_at AS redrivenAt`;
    const columns = `${listed}, body AS definition, role_arn AS roleArn, input, output, error, cause, position AS standing,
      redrive_tokens AS redriveTokens, restarts
      FROM states_executions JOIN states_definitions ON hash = definition_hash`;
    this.#statements = {
      define: store.prepare('INSERT OR IGNORE INTO states_definitions (hash, body) VALUES (?, ?)'),
      start:
        store.prepare(`INSERT INTO states_executions (arn, name, machine_arn, version_arn, alias_arn, definition_hash, role_arn, input, status, started_at, number)
        VALUES (:arn, :name, :machineArn, :versionArn, :aliasArn, :hash, :roleArn, :input, 'RUNNING', :startedAt, :number)`),
      end: store.prepare(
        'UPDATE states_executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ?, position = ? WHERE arn = ?',
      ),
      redrive:
        store.prepare(`UPDATE states_executions SET status = 'RUNNING', error = NULL, cause = NULL, stopped_at = NULL,
        redrive_count = redrive_count + 1, redriven_at = ?, redrive_tokens = ? WHERE arn = ?`),
      startAgain:
        store.prepare(`UPDATE states_executions SET status = 'RUNNING', output = NULL, error = NULL, cause = NULL, started_at = ?1, stopped_at = NULL,
        position = NULL, redrive_count = redrive_count + 1, redriven_at = ?1 WHERE arn = ?2`),
      restart: store.prepare('UPDATE states_executions SET restarts = restarts + 1 WHERE arn = ?'),
      find: store.prepare(`SELECT ${columns} WHERE arn = ?`),
      running: store.prepare(`SELECT ${columns} WHERE status = 'RUNNING' ORDER BY started_at`),
      list: store.prepare(`SELECT ${listed} FROM states_executions WHERE machine_arn = :machineArn AND (:versionArn IS NULL OR version_arn = :versionArn) AND (:aliasArn IS NULL OR alias_arn = :aliasArn)
        AND (:status IS NULL OR status = :status)
        AND (:redriven IS NULL OR (redrive_count > 0) = :redriven) AND (started_at < :startedAt OR (started_at = :startedAt AND arn > :arn)) ORDER BY started_at DESC, arn LIMIT :limit`),
    };
  }

  start({ definition, ...execution }: NewExecution, hash: string, first: HistoryEvent): void {
    transaction(this.#store, () => {
      this.#statements.define.run(hash, definition);
      this.#statements.start.run({ ...execution, hash, number: this.#commits.next() });
      this.#commits.append(execution.arn, [first]);
    });
  }

  /**
   * Notes what happened, and where the execution stands now; without a position it stands where it stood. Commits that are asked for at the
   * same time are one transaction.
   */
  commit(arn: string, events: readonly HistoryEvent[], position?: Position): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) process.nextTick(() => this.#writeWaiting());
      this.#waiting.push({ append: () => this.#commits.append(arn, events, position), resolve, reject });
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
    this.#writeWaiting();
    transaction(this.#store, () => {
      this.#commits.append(arn, events);
      this.#statements.end.run(status, output ?? null, error ?? null, cause ?? null, stoppedAt, position, arn);
    });
  }

  /** Makes an execution that has ended one that runs again, from where it stood. */
  redrive(arn: string, tokens: string | null, event: HistoryEvent, standing: Position): void {
    transaction(this.#store, () => {
      this.#commits.append(arn, [event], standing);
      this.#statements.redrive.run(event.timestamp, tokens, arn);
    });
  }

  /** Makes an execution that has ended one that begins: nothing is left of what it had done. */
  startAgain(arn: string, first: HistoryEvent): void {
    transaction(this.#store, () => {
      this.#commits.forget(arn);
      this.#commits.append(arn, [first]);
      this.#statements.startAgain.run(first.timestamp, arn);
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
  ): ListedExecution[] {
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
    }) as unknown as ListedExecution[];
  }

  /** Events after (or, in reverse, before) `from`, at most `limit`. */
  history(arn: string, from: number, limit: number, reverse: boolean): HistoryEvent[] {
    return this.#commits.history(arn, from, limit, reverse);
  }

  lastEventId(arn: string): number {
    return this.#commits.lastEventId(arn);
  }

  /** Where a running execution stands; undefined before its first commit. */
  position(arn: string): Position | undefined {
    return this.#commits.position(arn);
  }

  #writeWaiting(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    try {
      transaction(this.#store, () => {
        for (const { append } of waiting) append();
      });
    } catch (error) {
      for (const { reject } of waiting) reject(error);
      return;
    }
    for (const { resolve } of waiting) resolve();
  }
}
