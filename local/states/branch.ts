import type { Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { InnerProgress, PendingMapRun, Position } from './commit-log.ts';
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
  /** Where it goes on; absent for one that begins now. */
  readonly from?: Position | undefined;
  /** `$states.context.Map` inside a Map state. */
  readonly mapContext?: JsonObject;
}

/** The state that a branch entered last, what it was given, and what a redrive need not do again. */
export interface Standing extends Pick<Position, 'state' | 'input' | 'enteredId' | 'enteredAt'> {
  readonly inner?: () => InnerProgress;
  readonly mapRun?: PendingMapRun;
}

function standingAt({ state, input, enteredId, enteredAt, inner, pending }: Position): Standing {
  const mapRun = pending && 'mapRunArn' in pending ? pending : undefined;
  return { state, input, enteredId, enteredAt, ...present({ inner: inner && (() => inner), mapRun }) };
}

/**
 * Runs a machine inside a state, as a branch of its own.
 * @param from where the branch goes on; it starts at its beginning when absent
 */
export type RunBranch = (machine: Machine, input: Json, branch: Branch, from?: Position) => Promise<Json>;

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

  constructor(options: BranchOptions) {
    const { run, signal, previousId, parent, from, variables = from?.variables ?? {}, mapContext } = options;
    this.run = run;
    this.signal = signal;
    this.mapContext = mapContext ?? parent?.mapContext;
    this.#parent = parent;
    this.#previousId = previousId;
    this.#variables = variables;
    this.standing = from && standingAt(from);
  }

  /** What the branches inside the state have done; undefined before they begin, but for a state that a redrive goes on with. */
  get progress(): InnerProgress | undefined {
    return this.standing?.inner?.();
  }

  /** Where a redrive goes on: the state that the branch entered last begins again, with all its retries, but for what has succeeded inside it. */
  get redrivePosition(): Position | undefined {
    if (!this.standing) return undefined;
    const { inner: _inner, mapRun, ...standing } = this.standing;
    const pending = mapRun && ({ ...mapRun, isToBeRedriven: true } as const);
    return {
      ...standing,
      variables: this.#variables,
      attempts: [],
      ...present({ inner: this.progress, pending }),
    };
  }

  /** The state begins again as a whole, also what has succeeded inside it. */
  startOver(): void {
    if (!this.standing) return;
    const { state, input, enteredId, enteredAt } = this.standing;
    this.standing = { state, input, enteredId, enteredAt };
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
