import type { JsonObject } from '../contracts.ts';
import { TaskFailure } from './failure.ts';
import type { Position } from './journal.ts';
import type { ExecutionRun } from './run.ts';
import type { StopSignal } from './stop-signal.ts';

export interface BranchOptions {
  readonly run: ExecutionRun;
  readonly signal: StopSignal;
  /** The event that this line follows. */
  readonly previousId: number;
  /** The line around this one; absent for the execution itself. */
  readonly parent?: Branch;
  readonly variables?: JsonObject;
  /** `$states.context.Map` inside a Map state. */
  readonly mapContext?: JsonObject;
}

/** One line of states: the execution itself, or a branch of a Parallel or Map state. */
export class Branch {
  readonly run: ExecutionRun;
  readonly signal: StopSignal;
  readonly mapContext: JsonObject | undefined;
  readonly #parent: Branch | undefined;
  #previousId: number;
  #variables: JsonObject;

  constructor({ run, signal, previousId, parent, variables = {}, mapContext }: BranchOptions) {
    this.run = run;
    this.signal = signal;
    this.mapContext = mapContext ?? parent?.mapContext;
    this.#parent = parent;
    this.#previousId = previousId;
    this.#variables = variables;
  }

  /** The event that the next one follows. */
  get previousId(): number {
    return this.#previousId;
  }

  /** Whether this line was given up with a state around it, while the execution goes on. */
  get abandoned(): boolean {
    return this.signal.stopped && !this.#top.signal.stopped;
  }

  /** The variables that this line assigned itself. */
  get variables(): JsonObject {
    return this.#variables;
  }

  /** @throws Halted when the line was stopped */
  record(type: string, details: JsonObject = {}): void {
    this.signal.check();
    this.#previousId = this.run.record(this.#previousId, type, details);
  }

  /** Goes on after lines that ran inside a state of this one. */
  follow(lines: readonly Branch[]): void {
    for (const line of lines) this.#previousId = Math.max(this.#previousId, line.previousId);
  }

  /**
   * Puts on disk what happened. Lines inside a state start over with their state, so only the top line has a position.
   * @throws Halted when the line was stopped: what is on disk then is not for it to change
   */
  commit(position: () => Position): void {
    this.signal.check();
    this.run.commit(this.#parent ? undefined : position());
  }

  /** @throws TaskFailure when a name belongs to an outer line: inner ones can read it, not change it */
  assign(values: JsonObject): void {
    const outer = this.#parent?.visible() ?? {};
    const taken = Object.keys(values).find((name) => Object.hasOwn(outer, name));
    if (taken !== undefined) {
      throw new TaskFailure(
        'States.Runtime',
        `The variable ${taken} belongs to an outer scope and cannot be assigned here.`,
      );
    }
    this.#variables = { ...this.#variables, ...values };
  }

  /** The variables that expressions of this line can read: its own, and those of the lines around it. */
  visible(): JsonObject {
    return this.#parent ? { ...this.#parent.visible(), ...this.#variables } : this.#variables;
  }

  get #top(): Branch {
    return this.#parent ? this.#parent.#top : this;
  }
}
