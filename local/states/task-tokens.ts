import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type Json } from '../contracts.ts';
import { addColumns } from '../store.ts';
import { TaskFailure } from './failure.ts';

/** The answer to a task, sent with its token. */
export type TaskOutcome =
  | { readonly output: Json }
  | { readonly error: string | null; readonly cause: string | null; readonly aliases?: readonly string[] };

/** As all tokens of this engine look. */
const TOKEN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The tokens of tasks that wait for an answer from outside. An answer is on disk before it is acknowledged. */
export class TaskTokens {
  readonly #newId: () => string;
  readonly #activityExists: (arn: string) => boolean;
  readonly #statements;
  readonly #settlers = new Map<string, (outcome: TaskOutcome) => void>();
  readonly #heartbeats = new Map<string, () => void>();

  constructor(store: DatabaseSync, newId: () => string, activityExists: (arn: string) => boolean) {
    this.#newId = newId;
    this.#activityExists = activityExists;
    store.exec(`
      CREATE TABLE IF NOT EXISTS states_task_tokens (token TEXT PRIMARY KEY, execution_arn TEXT NOT NULL, outcome TEXT) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS states_task_tokens_by_execution ON states_task_tokens (execution_arn);`);
    addColumns(store, 'states_task_tokens', { activity: 'TEXT' });
    this.#statements = {
      issue: store.prepare('INSERT INTO states_task_tokens (token, execution_arn, activity) VALUES (?, ?, ?)'),
      execution: store.prepare('SELECT execution_arn AS arn FROM states_task_tokens WHERE token = ?'),
      find: store.prepare('SELECT outcome FROM states_task_tokens WHERE token = ?'),
      activity: store.prepare('SELECT activity FROM states_task_tokens WHERE token = ?'),
      settle: store.prepare('UPDATE states_task_tokens SET outcome = ? WHERE token = ? AND outcome IS NULL'),
      drop: store.prepare('DELETE FROM states_task_tokens WHERE token = ?'),
      dropAll: store.prepare(
        'DELETE FROM states_task_tokens WHERE execution_arn = ? AND token IS NOT ? RETURNING token',
      ),
    };
  }

  /** @param activity the ARN of the activity whose worker will answer, for a task of one */
  issue(executionArn: string, activity?: string): string {
    const token = this.#newId();
    this.#statements.issue.run(token, executionArn, activity ?? null);
    return token;
  }

  /** The ARN of the execution that the token is of; undefined for a token that is not known, or not any more. */
  executionOf(token: string): string | undefined {
    return (this.#statements.execution.get(token) as { arn: string } | undefined)?.arn;
  }

  /** Resolves to what the answer brought, also when it came before this call. @throws TaskFailure for an answer that says so */
  async answerTo(token: string): Promise<Json> {
    const { outcome } = (this.#statements.find.get(token) ?? { outcome: null }) as { outcome: string | null };
    const answer =
      outcome === null
        ? await new Promise<TaskOutcome>((resolve) => this.#settlers.set(token, resolve))
        : (JSON.parse(outcome) as TaskOutcome);
    if ('output' in answer) return answer.output;
    throw new TaskFailure(answer.error, answer.cause, answer.aliases);
  }

  /** @throws AwsError `InvalidToken`; `TaskTimedOut` for a task that is over; `TaskDoesNotExist` for one whose activity was deleted */
  settle(token: string, outcome: TaskOutcome): void {
    this.#require(token);
    if (!this.#note(token, outcome)) throw new AwsError('TaskTimedOut', 'Task Timed Out: the task is over.');
    this.#settlers.get(token)?.(outcome);
    this.#settlers.delete(token);
  }

  /** @throws AwsError as `settle` does */
  heartbeat(token: string): void {
    this.#require(token);
    this.#heartbeats.get(token)?.();
  }

  /** Calls `listener` at each heartbeat; returns what takes it back. */
  onHeartbeat(token: string, listener: () => void): () => void {
    this.#heartbeats.set(token, listener);
    return () => this.#heartbeats.delete(token);
  }

  /** Ends a token whose task failed: an answer with it is late, and a restart finds the same failure. */
  close(token: string, { error, causeText, aliases }: TaskFailure): void {
    this.#note(token, { error, cause: causeText, aliases });
    this.#settlers.delete(token);
  }

  /** Forgets the token of a task that was given up. */
  drop(token: string): void {
    this.#statements.drop.run(token);
    this.#settlers.delete(token);
  }

  /** Forgets the tokens of an execution, but for the one that it still waits for. */
  dropAll(executionArn: string, except?: string): void {
    for (const { token } of this.#statements.dropAll.all(executionArn, except ?? null)) {
      this.#settlers.delete(token as string);
    }
  }

  /** Whether this is the first outcome. */
  #note(token: string, outcome: TaskOutcome): boolean {
    return this.#statements.settle.run(JSON.stringify(outcome), token).changes > 0;
  }

  #require(token: string): void {
    if (!TOKEN.test(token)) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    const row = this.#statements.activity.get(token) as { readonly activity: string | null } | undefined;
    if (!row) {
      throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    if (row.activity !== null && !this.#activityExists(row.activity)) {
      throw new AwsError('TaskDoesNotExist', "Task Does Not Exist: 'The activity does not exist'");
    }
  }
}
