import type { JsonObject } from '../contracts.ts';
import type { HistoryEvent, Position } from './commit-log.ts';
import { TaskFailure } from './failure.ts';

/** Step Functions ends an execution that has this many events. */
const MAX_EVENTS = 25_000;

export interface RunOptions {
  readonly arn: string;
  /** What `$states.context` has for the whole execution. */
  readonly context: JsonObject;
  readonly lastEventId: number;
  readonly now: () => number;
  /** Writes events, and where the top branch stands when that is new. */
  readonly write: (events: readonly HistoryEvent[], position: Position | undefined) => Promise<void>;
}

/** What all branches of one execution share: its history, in memory until the next commit. */
export class ExecutionRun {
  readonly arn: string;
  readonly context: JsonObject;
  readonly now: () => number;
  readonly #write: RunOptions['write'];
  #lastId: number;
  #unwritten: HistoryEvent[] = [];

  constructor({ arn, context, lastEventId, now, write }: RunOptions) {
    this.arn = arn;
    this.context = context;
    this.now = now;
    this.#write = write;
    this.#lastId = lastEventId;
  }

  /** @throws TaskFailure `States.Runtime` when only the event that ends the execution has room left */
  record(previousId: number, type: string, details: JsonObject): number {
    if (this.#lastId >= MAX_EVENTS - 1 && !type.startsWith('Execution')) {
      throw new TaskFailure(
        'States.Runtime',
        `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
      );
    }
    this.#lastId += 1;
    this.#unwritten.push({ id: this.#lastId, previousId, timestamp: this.now(), type, details });
    return this.#lastId;
  }

  /** Puts on disk what happened since the last commit. Await it before anything outside the engine is changed. */
  commit(position?: Position): Promise<void> {
    return this.#write(this.takeEvents(), position);
  }

  /** The events since the last commit, for a caller that writes them together with something else. */
  takeEvents(): HistoryEvent[] {
    const events = this.#unwritten;
    this.#unwritten = [];
    return events;
  }
}
