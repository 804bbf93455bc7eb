import type { DatabaseSync } from 'node:sqlite';
import type { Json, JsonObject } from '../contracts.ts';

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
  readonly pending?: Pending;
  /** Only after a redrive. */
  readonly inner?: InnerProgress;
}

/** How far the branches inside a Parallel or inline Map state came: a redrive runs only those again that did not succeed. */
export interface InnerProgress {
  /** The input of the branches of a Parallel state, or the items of a Map state. */
  readonly given: Json;
  /** In their order: the output of one that succeeded, where another one goes on; null for one that has not entered a state. */
  readonly branches: readonly ({ readonly output: Json } | Position | null)[];
}

/** A task that was called and waits for what ends it. */
export interface PendingTask {
  readonly token: string;
  /** Milliseconds since the epoch at which it times out; absent without a timeout. */
  readonly timeoutAt?: number;
  /** The execution that it started, when its end answers the task. */
  readonly executionArn?: string;
  /** What no worker of its activity has taken yet: JSON text, and the seconds that a worker will have. */
  readonly offered?: { readonly input: string; readonly timeout?: number };
}

/** A map run that a distributed Map has started. */
export interface PendingMapRun {
  readonly mapRunArn: string;
  /** The event `MapRunStarted`, or the last `MapRunRedriven`. */
  readonly startedId: number;
  /** How many events `MapRunRedriven` there are; absent for none. */
  readonly redriveCount?: number;
  /** The execution was redriven, and the next event says so of the map run. */
  readonly isToBeRedriven?: true;
}

/** What a state has under way. */
export type Pending = PendingTask | PendingMapRun;

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

/**
 * What executions have done, one row for each commit: its events, and where the execution then stands. The commits of all executions follow
 * each other in one table, so that each is written to its end; a row for each event, or a place for each execution, would take
 * three times as long to write.
 */
export class CommitLog {
  readonly #statements;

  /** Expects the table of executions, in which `number` is the first commit of each. */
  constructor(store: DatabaseSync) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS states_commits (
        n INTEGER PRIMARY KEY, execution INTEGER NOT NULL, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL, events TEXT NOT NULL, position TEXT);
      CREATE INDEX IF NOT EXISTS states_commits_by_execution ON states_commits (execution, last_id);`);
    const commitsOf = 'FROM states_commits WHERE execution = (SELECT number FROM states_executions WHERE arn = ?)';
    this.#statements = {
      next: store.prepare('SELECT coalesce(max(n), 0) + 1 AS n FROM states_commits'),
      append: store.prepare(`INSERT INTO states_commits (execution, first_id, last_id, events, position)
        VALUES ((SELECT number FROM states_executions WHERE arn = ?), ?, ?, ?, ?)`),
      forget: store.prepare(`DELETE ${commitsOf}`),
      after: store.prepare(`SELECT events ${commitsOf} AND last_id > ? ORDER BY last_id, n`),
      before: store.prepare(`SELECT events ${commitsOf} AND first_id < ? ORDER BY last_id DESC, n DESC`),
      lastId: store.prepare(`SELECT coalesce(max(last_id), 0) AS id ${commitsOf}`),
      position: store.prepare(
        `SELECT position ${commitsOf} AND position IS NOT NULL ORDER BY last_id DESC, n DESC LIMIT 1`,
      ),
    };
  }

  /** The number of the commit that comes next. */
  next(): number {
    return (this.#statements.next.get() as { readonly n: number }).n;
  }

  /** @param position absent when the execution stands where it stood */
  append(arn: string, events: readonly HistoryEvent[], position?: Position): void {
    const lastId = events.at(-1)?.id ?? this.lastEventId(arn);
    const firstId = events[0]?.id ?? lastId;
    this.#statements.append.run(
      arn,
      firstId,
      lastId,
      JSON.stringify(events),
      position ? JSON.stringify(position) : null,
    );
  }

  forget(arn: string): void {
    this.#statements.forget.run(arn);
  }

  /** Events after (or, in reverse, before) `from`, at most `limit`. */
  history(arn: string, from: number, limit: number, reverse: boolean): HistoryEvent[] {
    const found: HistoryEvent[] = [];
    for (const { events } of (reverse ? this.#statements.before : this.#statements.after).iterate(arn, from)) {
      const all = JSON.parse(events as string) as HistoryEvent[];
      found.push(...(reverse ? all.filter(({ id }) => id < from).reverse() : all.filter(({ id }) => id > from)));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  lastEventId(arn: string): number {
    return (this.#statements.lastId.get(arn) as { readonly id: number }).id;
  }

  /** The position of the last commit that has one. */
  position(arn: string): Position | undefined {
    const row = this.#statements.position.get(arn) as { readonly position: string } | undefined;
    return row && (JSON.parse(row.position) as Position);
  }
}
