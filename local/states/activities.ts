import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../contracts.ts';

export interface Activity {
  readonly arn: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What a worker gets. */
export interface ActivityTask {
  readonly token: string;
  /** JSON text. */
  readonly input: string;
}

/** A task that a state offers to the workers of an activity. */
export interface OfferedTask extends ActivityTask {
  /** Called when a worker gets it. Resolves when that is on disk; rejects when the state does not wait any more. */
  readonly taken: (workerName: string | undefined) => Promise<void>;
}

type Worker = (task: OfferedTask | undefined) => void;

/** For how long a worker waits for a task. */
const POLL_MS = 60_000;

/**
 * Activities, and the tasks that wait for their workers. Tasks are in memory only: after a restart, the executions that wait offer
 * theirs again.
 */
export class Activities {
  readonly #clock: Clock;
  readonly #statements;
  readonly #offered = new Map<string, OfferedTask[]>();
  readonly #workers = new Map<string, Worker[]>();

  constructor(store: DatabaseSync, clock: Clock) {
    this.#clock = clock;
    store.exec(
      'CREATE TABLE IF NOT EXISTS states_activities (arn TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID',
    );
    const columns = 'arn, name, created_at AS createdAt FROM states_activities';
    this.#statements = {
      create: store.prepare('INSERT OR IGNORE INTO states_activities (arn, name, created_at) VALUES (?, ?, ?)'),
      find: store.prepare(`SELECT ${columns} WHERE arn = ?`),
      page: store.prepare(`SELECT ${columns} WHERE arn > ? ORDER BY arn LIMIT ?`),
      delete: store.prepare('DELETE FROM states_activities WHERE arn = ?'),
    };
  }

  /** Gives the activity that there is, when there is one. */
  create(arn: string, name: string): Activity {
    this.#statements.create.run(arn, name, this.#clock.now());
    return this.find(arn)!;
  }

  find(arn: string): Activity | undefined {
    return this.#statements.find.get(arn) as Activity | undefined;
  }

  /** Activities after an ARN, in the order of their ARNs. */
  page(after: string, limit: number): Activity[] {
    return this.#statements.page.all(after, limit) as unknown as Activity[];
  }

  /** Tasks that were offered stay with the states that offered them, until these time out or are stopped. */
  delete(arn: string): void {
    this.#statements.delete.run(arn);
  }

  /** Offers a task to the worker that has waited longest, or to the next one. Returns what takes the offer back. */
  offer(arn: string, task: OfferedTask): () => void {
    const worker = this.#workers.get(arn)?.shift();
    if (worker) worker(task);
    else this.#offered.set(arn, [...(this.#offered.get(arn) ?? []), task]);
    return () => {
      const left = (this.#offered.get(arn) ?? []).filter((one) => one !== task);
      this.#offered.set(arn, left);
    };
  }

  /** The task that was offered first, or the next one within a minute; undefined when there is none. */
  async take(arn: string, workerName: string | undefined): Promise<ActivityTask | undefined> {
    const until = this.#clock.now() + POLL_MS;
    for (;;) {
      const task = this.#offered.get(arn)?.shift() ?? (await this.#next(arn, until));
      if (!task) return undefined;
      try {
        await task.taken(workerName);
        return { token: task.token, input: task.input };
      } catch {
        // Its state was stopped at this moment: the worker waits for another task.
      }
    }
  }

  /** Sends waiting workers away. */
  close(): void {
    for (const worker of [...this.#workers.values()].flat()) worker(undefined);
  }

  #next(arn: string, until: number): Promise<OfferedTask | undefined> {
    return new Promise((resolve) => {
      const worker: Worker = (task) => {
        cancel();
        const left = (this.#workers.get(arn) ?? []).filter((one) => one !== worker);
        this.#workers.set(arn, left);
        resolve(task);
      };
      const cancel = this.#clock.at(until, () => worker(undefined));
      this.#workers.set(arn, [...(this.#workers.get(arn) ?? []), worker]);
    });
  }
}
