import type { Json, JsonObject } from '../contracts.ts';
import type { Position } from './commit-log.ts';
import type { Machine, State } from './definition.ts';
import { TaskFailure } from './failure.ts';
import type { ExecutionRun } from './run.ts';
import type { StopSignal } from './stop-signal.ts';

export interface BranchOptions {
  readonly run: ExecutionRun;
  readonly signal: StopSignal;
  /** The event that this branch follows. */
  readonly previousId: number;
  /** The branch around this one; absent for the execution itself. */
  readonly parent?: Branch;
  readonly variables?: JsonObject;
  /** `$states.context.Map` inside a Map state. */
  readonly mapContext?: JsonObject;
}

/** The state that a branch entered last, and what it was given. */
export type Standing = Pick<Position, 'state' | 'input' | 'enteredId' | 'enteredAt'>;

/** Runs a machine inside a state, as a branch of its own. */
export type RunBranch = (machine: Machine, input: Json, branch: Branch) => Promise<Json>;

/** A branch of an execution: its states on the top level, a branch of a Parallel state, or an iteration of a Map state. */
export class Branch {
  readonly run: ExecutionRun;
  readonly signal: StopSignal;
  readonly mapContext: JsonObject | undefined;
  readonly #parent: Branch | undefined;
  /** Absent before the first state. */
  standing: Standing | undefined;
  /** The type of the state that the branch is in; absent between states. */
  inside: State['Type'] | undefined;
  /** The branches inside that state. */
  inner: { abort(failedId: number): void } | undefined;
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

  /** Whether this branch was given up with a state around it, while the execution goes on. */
  get abandoned(): boolean {
    return this.signal.stopped && !this.#top.signal.stopped;
  }

  /** The variables that this branch assigned itself. */
  get variables(): JsonObject {
    return this.#variables;
  }

  /** @throws Halted when the branch was stopped */
  record(type: string, details: JsonObject = {}, previousId = this.#previousId): void {
    this.#previousId = this.recordAside(type, details, previousId);
  }

  /** Records an event that no other one follows. */
  recordAside(type: string, details: JsonObject = {}, previousId = this.#previousId): number {
    this.signal.check();
    return this.run.record(previousId, type, details);
  }

  /** Goes on after an event of a branch inside. */
  follow(eventId: number): void {
    this.#previousId = eventId;
  }

  /**
   * Puts on disk what happened. Branches inside a state start over with their state, so only the top branch has a position.
   * @throws Halted when the branch was stopped: what is on disk then is not for it to change
   */
  async commit(position: () => Position): Promise<void> {
    this.signal.check();
    await this.run.commit(this.#parent ? undefined : position());
    this.signal.check();
  }

  /** @throws TaskFailure when a name belongs to an outer branch: inner ones can read it, not change it */
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

  /** The variables that expressions of this branch can read: its own, and those of the branches around it. */
  visible(): JsonObject {
    return this.#parent ? { ...this.#parent.visible(), ...this.#variables } : this.#variables;
  }

  get #top(): Branch {
    return this.#parent ? this.#parent.#top : this;
  }
}
