import type { Clock, Json, JsonObject } from '../contracts.ts';
import { Branch, ExecutionRun, Halted } from './branch.ts';
import type { Machine } from './definition.ts';
import { TaskFailure } from './failure.ts';
import { runLine } from './interpreter.ts';
import type { Ending, ExecutionRow, ExecutionStatus, Journal, Position } from './journal.ts';
import type { Surroundings } from './surroundings.ts';

/** What the engine is told when an execution has ended. */
export type OnEnd = (row: ExecutionRow, ending: Ending) => void;

/** One running execution: drives its states, journals each step, ends it once. */
export class Execution {
  readonly #row: ExecutionRow;
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #onEnd: OnEnd;
  readonly #run: ExecutionRun;
  #cancelTimeout: () => void = () => {};
  #ended = false;

  constructor(row: ExecutionRow, journal: Journal, clock: Clock, onEnd: OnEnd) {
    this.#row = row;
    this.#journal = journal;
    this.#clock = clock;
    this.#onEnd = onEnd;
    const context: JsonObject = {
      Execution: { Id: row.arn, Name: row.name, Input: JSON.parse(row.input) as Json, RoleArn: row.roleArn, StartTime: new Date(row.startedAt).toISOString() },
      StateMachine: { Id: row.machineArn, Name: row.machineArn.split(':').at(-1)! },
    };
    this.#run = new ExecutionRun(row.arn, context, journal.lastEventId(row.arn), () => clock.now());
  }

  /** Runs it to its end; never rejects. What was journaled is where it goes on. */
  async drive(machine: Machine, around: Surroundings): Promise<void> {
    const from = this.#row.position === null ? undefined : (JSON.parse(this.#row.position) as Position);
    if (machine.TimeoutSeconds !== undefined) {
      const deadline = this.#row.startedAt + machine.TimeoutSeconds * 1_000;
      this.#cancelTimeout = this.#clock.at(deadline, () => this.stop('TIMED_OUT', 'States.Timeout', `The execution did not end within ${machine.TimeoutSeconds} seconds.`));
    }
    const line = new Branch(this.#run, this.#journal.lastEventId(this.#row.arn), {
      variables: from?.variables ?? {},
      save: (position) => this.#save(position),
    });
    try {
      // The history says honestly that the engine was restarted, and that a task may be invoked again.
      if (from) line.record('ExecutionRedriven', { executionRedrivenEventDetails: { redriveCount: 1 } });
      const output = await runLine(machine, JSON.parse(this.#row.input) as Json, line, around, from);
      const text = JSON.stringify(output);
      line.record('ExecutionSucceeded', { executionSucceededEventDetails: { output: text } });
      this.#end({ status: 'SUCCEEDED', output: text });
    } catch (failure) {
      if (failure instanceof Halted || this.#run.halted) return;
      this.#fail(line, failure);
    }
  }

  /** Ends it from outside, whatever it was doing. */
  stop(status: 'TIMED_OUT' | 'ABORTED', error?: string, cause?: string): void {
    if (this.#ended) return;
    const type = status === 'TIMED_OUT' ? 'ExecutionTimedOut' : 'ExecutionAborted';
    const details = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    this.#run.record(this.#journal.lastEventId(this.#row.arn), type, { [`${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`]: details });
    this.#end({ status, ...details });
    this.#run.halt();
  }

  /** Gives up driving it without ending it: it goes on at the next start. */
  suspend(): void {
    this.#cancelTimeout();
    this.#run.halt();
  }

  #fail(line: Branch, failure: unknown): void {
    const { error, causeText } = failure instanceof TaskFailure
      ? failure
      : new TaskFailure('States.Runtime', failure instanceof Error ? failure.message : String(failure));
    line.record('ExecutionFailed', { executionFailedEventDetails: { error, cause: causeText } });
    this.#end({ status: 'FAILED', error, cause: causeText });
  }

  #save(position: Position): void {
    this.#journal.commit(this.#row.arn, this.#run.takeEvents(), position);
  }

  #end(ending: Omit<Ending, 'stoppedAt'> & { readonly status: Exclude<ExecutionStatus, 'RUNNING'> }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelTimeout();
    const complete = { ...ending, stoppedAt: this.#clock.now() };
    // Told before it is written: a kill in between tells it twice, never not at all.
    this.#onEnd(this.#row, complete);
    this.#journal.end(this.#row.arn, this.#run.takeEvents(), complete);
  }
}
