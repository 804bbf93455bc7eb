import type { JsonObject } from '../contracts.ts';
import type { Bindings } from './expressions.ts';
import { TaskFailure } from './failure.ts';
import type { HistoryEvent, Position } from './journal.ts';

/** Thrown through whatever an execution was doing when it is stopped from outside; nobody catches it as a failure. */
export class Halted extends Error {
  override readonly name = 'Halted';
}

/** Step Functions ends an execution that has this many events. */
const MAX_EVENTS = 25_000;

/** What all branches of one execution share: its history, and whether it goes on at all. */
export class ExecutionRun {
  readonly arn: string;
  readonly context: JsonObject;
  readonly now: () => number;
  #lastId: number;
  #unwritten: HistoryEvent[] = [];
  #halts = new Set<() => void>();
  halted = false;

  constructor(arn: string, context: JsonObject, lastEventId: number, now: () => number) {
    this.arn = arn;
    this.context = context;
    this.now = now;
    this.#lastId = lastEventId;
  }

  record(previousId: number, type: string, details: JsonObject): number {
    if (this.#lastId >= MAX_EVENTS - 1 && !type.startsWith('Execution')) {
      throw new TaskFailure('States.Runtime', `The execution reached the maximum number of history events (${MAX_EVENTS}).`);
    }
    this.#lastId += 1;
    this.#unwritten.push({ id: this.#lastId, previousId, timestamp: this.now(), type, details });
    return this.#lastId;
  }

  /** The events since the last call. */
  takeEvents(): HistoryEvent[] {
    const events = this.#unwritten;
    this.#unwritten = [];
    return events;
  }

  /** Stops it: everything it waits for is given up. */
  halt(): void {
    this.halted = true;
    for (const give of this.#halts) give();
    this.#halts.clear();
  }

  /** Registers what stops a wait; returns what takes it back. */
  onHalt(give: () => void): () => void {
    this.#halts.add(give);
    return () => this.#halts.delete(give);
  }
}

/** One line of states: the execution itself, or a branch of a Parallel or Map state. */
export class Branch {
  readonly run: ExecutionRun;
  readonly parent: Branch | undefined;
  /** Saves where the line stands; branches inside a state start over with their state, so only the top line has one. */
  readonly save: ((position: Position) => void) | undefined;
  readonly mapContext: JsonObject | undefined;
  previousId: number;
  #variables: JsonObject;
  #cancelled = false;

  constructor(run: ExecutionRun, previousId: number, options: { readonly parent?: Branch; readonly save?: (position: Position) => void; readonly variables?: JsonObject; readonly mapContext?: JsonObject } = {}) {
    this.run = run;
    this.previousId = previousId;
    this.parent = options.parent;
    this.save = options.save;
    this.mapContext = options.mapContext ?? options.parent?.mapContext;
    this.#variables = options.variables ?? {};
  }

  /** The variables that this line assigned itself. */
  get variables(): JsonObject {
    return this.#variables;
  }

  /** A sibling failed, so this branch must not go on. */
  cancel(): void {
    this.#cancelled = true;
  }

  get stopped(): boolean {
    return this.run.halted || this.#cancelled || (this.parent?.stopped ?? false);
  }

  /** @throws Halted when the line must not go on */
  check(): void {
    if (this.stopped) throw new Halted();
  }

  record(type: string, details: JsonObject = {}): void {
    this.check();
    this.previousId = this.run.record(this.previousId, type, details);
  }

  /** What expressions see, with `states` as the fields of `$states` beside the context. */
  bindings(stateName: string, states: JsonObject): Bindings {
    const context = {
      ...this.run.context,
      State: { Name: stateName, EnteredTime: new Date(this.run.now()).toISOString() },
      ...(this.mapContext ? { Map: this.mapContext } : {}),
    };
    return { ...this.visible(), states: { ...states, context } };
  }

  /** @throws TaskFailure when a name belongs to an outer line: inner ones can read it, not change it */
  assign(values: JsonObject): void {
    const outer = this.parent?.visible() ?? {};
    const taken = Object.keys(values).find((name) => name in outer);
    if (taken !== undefined) throw new TaskFailure('States.Runtime', `The variable ${taken} belongs to an outer scope and cannot be assigned here.`);
    this.#variables = { ...this.#variables, ...values };
  }

  /** The variables that expressions of this line can read: its own, and those of the lines around it. */
  visible(): JsonObject {
    return { ...this.parent?.visible(), ...this.#variables };
  }
}
