import type { Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { Branch } from './branch.ts';
import type { Pending, PendingTask, Position } from './commit-log.ts';
import type { State } from './definition.ts';
import type { Environment } from './environment.ts';
import { type Bindings, EvaluationError, evaluate, wrongTypeText } from './expressions.ts';
import { TaskFailure } from './failure.ts';
import { FIELDS } from './fields.ts';
import { changingFunctions } from './functions.ts';
import { waitUntil } from './waiting.ts';

/** Where a branch of states goes after a state. */
export interface Step {
  readonly output: Json;
  /** Absent at the end of the branch. */
  readonly next: string | undefined;
}

/** What a state, or the clause of it that was taken, says about leaving it. */
export interface ExitRules {
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}

/** What a field can read beside the variables, `$states.input` and `$states.context`. */
export interface Scope {
  /** Further fields of `$states`. */
  readonly states?: JsonObject;
  /** `$states.context.Task.Token` */
  readonly taskToken?: string | undefined;
  /** The branch whose variables and context the field sees, when it is one inside this state. */
  readonly branch?: Branch;
}

const MAX_PAYLOAD_BYTES = 256 * 1024;

/** One visit of a branch to a state: the values of the state's fields, how far the visit is, how it ends. */
export class Visit<Kind extends State = State> {
  readonly state: Kind;
  readonly name: string;
  readonly input: Json;
  readonly branch: Branch;
  readonly environment: Environment;
  /** How often each clause of the state's Retry was used. */
  attempts: readonly number[];
  #pending: Pending | undefined;
  #resumeAt: number | undefined;
  readonly #enteredId: number;
  /** The event before the one that entered the state. */
  readonly #beforeId: number;
  readonly #enteredAt: number;

  /** @param resumed where the visit stood when the engine stopped; absent for a visit that begins now */
  constructor(
    state: Kind,
    name: string,
    input: Json,
    branch: Branch,
    environment: Environment,
    resumed: Position | undefined,
  ) {
    this.state = state;
    this.name = name;
    this.input = input;
    this.branch = branch;
    this.environment = environment;
    this.#pending = resumed?.pending;
    this.attempts = resumed?.attempts ?? [];
    this.#resumeAt = resumed?.resumeAt;
    this.#beforeId = resumed?.enteredId ?? branch.previousId;
    branch.inside = state.Type;
    if (!resumed) {
      environment.countTransition();
      branch.record(`${state.Type}StateEntered`, { stateEnteredEventDetails: { name, input: JSON.stringify(input) } });
    }
    this.#enteredId = resumed?.enteredId ?? branch.previousId;
    this.#enteredAt = resumed?.enteredAt ?? environment.clock.now();
    if (!resumed) branch.standing = { state: name, input, enteredId: this.#enteredId, enteredAt: this.#enteredAt };
  }

  /** The same visit, seen as one of the kind of its state. */
  as<Narrow extends Kind>(state: Narrow): Visit<Narrow> {
    if (state !== this.state) throw new TypeError(`${this.name} is another state.`);
    return this as unknown as Visit<Narrow>;
  }

  /**
   * The value of a field of the state.
   * @throws TaskFailure `States.QueryEvaluationError` or `States.DataLimitExceeded`
   */
  async fill(field: string, template: Json, scope: Scope = {}): Promise<Json> {
    try {
      return this.limited(await evaluate(template, this.#bindings(scope), field));
    } catch (error) {
      throw error instanceof EvaluationError ? this.badValue(error.location, error.message) : error;
    }
  }

  /** The value of a field that must be a whole number, of at least `least`. */
  async fillWholeNumber(field: string, template: Json, least: number): Promise<number> {
    const value = await this.fillNumber(field, template);
    if (Number.isInteger(value) && value >= least) return value;
    throw this.badValue(field, `The field '${field}' gave ${value}; expected a whole number from ${least}.`);
  }

  /** The value of a field that must be a number. */
  async fillNumber(field: string, template: Json): Promise<number> {
    const value = await this.fill(field, template);
    if (typeof value === 'number') return value;
    throw this.wrongType(field, template, 'number', value);
  }

  /** The value of a field that must be an object. */
  async fillObject(field: string, template: Json): Promise<JsonObject> {
    const value = await this.fill(field, template);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw this.wrongType(field, template, 'object', value);
  }

  /** The failure of a state that no Retry and Catch helps. */
  runtimeFailure(why: string): TaskFailure {
    return new TaskFailure('States.Runtime', this.#told(why));
  }

  /** The failure of a field whose expression gave a value of another type than it needs. */
  wrongType(field: string, template: Json, expected: string, value: Json): TaskFailure {
    return this.badValue(field, wrongTypeText(field, template, expected, value));
  }

  /**
   * Notes that a field gave no usable value; returns the failure to throw.
   * @param previousId as AWS was recorded, what could not be evaluated follows the event before the state
   */
  badValue(
    location: string | undefined,
    why: string,
    previousId = this.branch.previousId === this.#enteredId ? this.#beforeId : this.branch.previousId,
  ): TaskFailure {
    const error = 'States.QueryEvaluationError';
    const cause = this.#told(why);
    const details = { state: this.name, ...present({ location }), error, cause };
    this.branch.record('EvaluationFailed', { evaluationFailedEventDetails: details }, previousId);
    return new TaskFailure(error, cause);
  }

  /** As AWS words what went wrong in a state. */
  #told(why: string): string {
    return `An error occurred while executing the state '${this.name}' (entered at the event id #${this.#enteredId}). ${why}`;
  }

  /** A Parallel or Map state is failed once, after its last attempt; `States.Runtime` in a Map ends the execution without that. */
  noteFailed({ error }: TaskFailure): void {
    const { Type } = this.state;
    if (error === 'States.DataLimitExceeded') this.branch.startOver();
    if (Type !== 'Parallel' && (Type !== 'Map' || error === 'States.Runtime')) return;
    this.branch.record(`${Type}StateFailed`);
    this.branch.inside = undefined;
  }

  /** @throws TaskFailure `States.DataLimitExceeded` when the value is larger than Step Functions lets pass */
  limited(value: Json, what = this.name): Json {
    const text = JSON.stringify(value);
    if (text.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) {
      throw new TaskFailure(
        'States.DataLimitExceeded',
        `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    return value;
  }

  /** Journals where the visit stands. What follows may change something outside the engine. */
  commit(pending?: Pending): Promise<void> {
    return this.branch.commit(
      (): Position => ({
        state: this.name,
        input: this.input,
        variables: this.branch.variables,
        attempts: this.attempts,
        enteredId: this.#enteredId,
        enteredAt: this.#enteredAt,
        ...present({ resumeAt: this.#resumeAt, pending, inner: this.branch.progress }),
      }),
    );
  }

  /** What was under way when the engine stopped, as a state of this kind left it; only the first attempt after that goes on with it. */
  takePending<Left extends Pending = PendingTask>(): Left | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending as Left | undefined;
  }

  /** Waits until the time that `choose` gives; after a restart, until the time that was journaled before it. */
  async sleepUntil(choose: () => number | Promise<number>): Promise<void> {
    if (this.#resumeAt === undefined) {
      this.#resumeAt = await choose();
      await this.commit();
    }
    await this.finishSleep();
  }

  /** Waits for the rest of a sleep that the engine's stop interrupted. */
  async finishSleep(): Promise<void> {
    if (this.#resumeAt === undefined) return;
    await waitUntil(this.#resumeAt, this.branch.signal, this.environment.clock);
    this.#resumeAt = undefined;
  }

  /** Assigns and outputs as `rules` say; both see the variables as they were. */
  async leave(rules: ExitRules, states: JsonObject, plainOutput: Json, next: string | undefined): Promise<Step> {
    const assigned = rules.Assign && ((await this.fill('Assign', rules.Assign, { states })) as JsonObject);
    const output = rules.Output === undefined ? plainOutput : await this.fill('Output', rules.Output, { states });
    if (assigned) this.branch.assign(assigned);
    const assignedVariables =
      assigned && Object.keys(assigned).length > 0
        ? Object.fromEntries(Object.entries(assigned).map(([variable, value]) => [variable, JSON.stringify(value)]))
        : undefined;
    this.branch.record(`${this.state.Type}StateExited`, {
      stateExitedEventDetails: {
        name: this.name,
        output: JSON.stringify(output),
        ...present({ assignedVariables }),
      },
    });
    this.branch.inside = undefined;
    return { output, next };
  }

  #bindings({ states = {}, taskToken, branch = this.branch }: Scope): Bindings {
    const context = {
      ...branch.run.context,
      State: {
        Name: this.name,
        EnteredTime: new Date(this.#enteredAt).toISOString(),
        // Only for states that can be retried.
        ...('Retry' in FIELDS[this.state.Type]
          ? { RetryCount: this.attempts.reduce((sum, used) => sum + used, 0) }
          : {}),
      },
      ...present({ Map: branch.mapContext, Task: taskToken === undefined ? undefined : { Token: taskToken } }),
    };
    return {
      ...changingFunctions(this.environment.generators),
      ...branch.visible(),
      states: { input: this.input, ...states, context },
    };
  }
}
