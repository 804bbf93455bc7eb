import type { Json } from '../contracts.ts';
import { present } from '../properties.ts';
import { Branch } from './branch.ts';
import type { Position } from './commit-log.ts';
import type { Machine } from './definition.ts';
import type { Environment } from './environment.ts';
import type { ExecutionRow, ExecutionStatus } from './execution-row.ts';
import { TaskFailure } from './failure.ts';
import { runMachine } from './interpreter.ts';
import type { Ending, Journal } from './journal.ts';
import { ExecutionRun } from './run.ts';
import { StopSignal } from './stop-signal.ts';

/** Where an execution puts what happens. */
export type ExecutionLog = Pick<Journal, 'commit' | 'end' | 'lastEventId' | 'position'>;

export interface ExecutionOptions {
  readonly row: ExecutionRow;
  readonly journal: ExecutionLog;
  readonly environment: Environment;
  /** Called once, when the execution has ended; not when it is suspended. */
  readonly onEnd: (ending: Ending) => void;
  /** Called when the end is written. */
  readonly afterEnd?: (ending: Ending) => void;
}

/** One running execution: drives its states, journals each step, ends it once. */
export class Execution {
  readonly #row: ExecutionRow;
  readonly #journal: ExecutionLog;
  readonly #environment: Environment;
  readonly #onEnd: (ending: Ending) => void;
  readonly #afterEnd: (ending: Ending) => void;
  readonly #run: ExecutionRun;
  readonly #branch: Branch;
  readonly #from: Position | undefined;
  #cancelTimeout: () => void = () => {};

  constructor({ row, journal, environment, onEnd, afterEnd = () => {} }: ExecutionOptions) {
    this.#row = row;
    this.#journal = journal;
    this.#environment = environment;
    this.#onEnd = onEnd;
    this.#afterEnd = afterEnd;
    this.#from = journal.position(row.arn);
    const lastEventId = this.#from ? journal.lastEventId(row.arn) : 1;
    this.#run = new ExecutionRun({
      arn: row.arn,
      context: {
        Execution: {
          Id: row.arn,
          Name: row.name,
          Input: JSON.parse(row.input) as Json,
          RoleArn: row.roleArn,
          StartTime: new Date(row.startedAt).toISOString(),
          // A restart counts here too: a definition that asks whether a task may have been called before gets a true answer.
          RedriveCount: row.redriveCount + row.restarts,
        },
        StateMachine: { Id: row.machineArn, Name: row.machineArn.split(':').at(-1)! },
      },
      lastEventId,
      now: () => environment.clock.now(),
      write: (events, position) => journal.commit(row.arn, events, position),
    });
    this.#branch = new Branch({
      run: this.#run,
      signal: new StopSignal(),
      // As on AWS, the first state follows no event.
      previousId: this.#from ? lastEventId : 0,
      from: this.#from,
    });
  }

  /**
   * Runs it to its end, from where the journal says it stands.
   * @throws what the journal throws when it cannot write; the execution then goes on at the next start of the engine
   */
  async drive(machine: Machine): Promise<void> {
    if (this.#from) this.#environment.tokens.dropAll(this.#row.arn, tokenOf(this.#from));
    const { TimeoutSeconds } = machine;
    if (TimeoutSeconds === undefined) return this.#runStates(machine);
    // A redrive starts the time anew.
    const deadline = (this.#row.redrivenAt ?? this.#row.startedAt) + TimeoutSeconds * 1_000;
    const timeOut = () => this.stop('TIMED_OUT', 'States.Timeout');
    if (deadline <= this.#environment.clock.now()) return timeOut();
    const timeout = new Promise<void>((resolve) => {
      this.#cancelTimeout = this.#environment.clock.at(deadline, resolve);
    });
    await Promise.race([timeout.then(timeOut), this.#runStates(machine)]);
  }

  async #runStates(machine: Machine): Promise<void> {
    let output: Json;
    try {
      output = await runMachine(
        machine,
        JSON.parse(this.#row.input) as Json,
        this.#branch,
        this.#environment,
        this.#from,
      );
      this.#branch.signal.check();
    } catch (failure) {
      if (this.#branch.signal.stopped) return;
      if (!(failure instanceof TaskFailure)) {
        this.suspend();
        throw failure;
      }
      return this.#end('ExecutionFailed', { status: 'FAILED', ...failure.named });
    }
    this.#end('ExecutionSucceeded', { status: 'SUCCEEDED', output: JSON.stringify(output) });
  }

  /** Ends it from outside, whatever it was doing. */
  stop(status: 'TIMED_OUT' | 'ABORTED', error?: string, cause?: string): void {
    this.#end(status === 'TIMED_OUT' ? 'ExecutionTimedOut' : 'ExecutionAborted', {
      status,
      ...present({ error, cause }),
    });
  }

  /** Stops driving it without ending it: it goes on at the next start. */
  suspend(): void {
    this.#cancelTimeout();
    this.#branch.signal.stop();
  }

  #end(
    type: string,
    ending: Omit<Ending, 'stoppedAt'> & { readonly status: Exclude<ExecutionStatus, 'RUNNING'> },
  ): void {
    const { status, ...told } = ending;
    const details = { [`${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`]: told };
    // An end from outside follows no event.
    this.#branch.record(type, details, status === 'ABORTED' || status === 'TIMED_OUT' ? 0 : undefined);
    this.suspend();
    const complete = { ...ending, stoppedAt: this.#environment.clock.now() };
    // The listener is called before the end is written: after a kill in between it is called again, and never not at all.
    this.#onEnd(complete);
    const standing = ending.status === 'SUCCEEDED' ? undefined : this.#branch.redrivePosition;
    this.#journal.end(this.#row.arn, this.#run.takeEvents(), complete, standing);
    this.#environment.tokens.dropAll(this.#row.arn);
    this.#afterEnd(complete);
  }
}

/** The token for which the task that was under way waits. */
const tokenOf = ({ pending }: Position): string | undefined =>
  pending && 'token' in pending ? pending.token : undefined;
