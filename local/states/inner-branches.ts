import type { JsonObject } from '../contracts.ts';
import { Branch } from './branch.ts';
import { TaskFailure } from './failure.ts';

/** An item of a Map state, as the history names it. */
export interface Iteration {
  readonly name: string;
  readonly index: number;
}

const rethrow = (failure: TaskFailure): never => {
  throw failure;
};

/** Types of states whose end from outside is in the history. */
const ABORTABLE = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/** The branches that run inside one attempt of a Parallel or Map state: the first that fails ends the others. */
export class InnerBranches {
  readonly #outer: Branch;
  readonly #startedId: number;
  readonly #scope;
  /** Those that have not ended. */
  readonly #running = new Map<Branch, Iteration | undefined>();
  #lastId: number;

  constructor(outer: Branch) {
    this.#outer = outer;
    this.#startedId = outer.previousId;
    this.#lastId = outer.previousId;
    this.#scope = outer.signal.child();
    outer.inner = this;
  }

  /** Opens a branch that follows the start of the state, or, as an item after another one, the last event of that. */
  open(iteration?: Iteration, mapContext?: JsonObject, after?: Branch): Branch {
    const branch = new Branch({
      run: this.#outer.run,
      signal: this.#scope.signal,
      previousId: after?.previousId ?? this.#startedId,
      parent: this.#outer,
      ...(mapContext ? { mapContext } : {}),
    });
    this.#running.set(branch, iteration);
    if (iteration) branch.record('MapIterationStarted', { mapIterationStartedEventDetails: { ...iteration } });
    return branch;
  }

  /**
   * The outcome of a branch.
   * @param tolerate gives what stands for the value of a branch that failed; when it throws, all branches end
   */
  async run<Value>(
    branch: Branch,
    work: () => Promise<Value>,
    tolerate: (failure: TaskFailure) => Value = rethrow,
  ): Promise<Value> {
    let value: Value;
    try {
      value = await work();
    } catch (failure) {
      if (!(failure instanceof TaskFailure) || this.#scope.signal.stopped) throw failure;
      return this.#outcomeOfFailed(branch, () => tolerate(failure));
    }
    this.#lastId = Math.max(this.#lastId, this.#tellEnd(branch, 'Succeeded', branch.previousId));
    return value;
  }

  #outcomeOfFailed<Value>(branch: Branch, tolerated: () => Value): Value {
    try {
      const value = tolerated();
      this.#lastId = Math.max(this.#lastId, this.#tellFailed(branch));
      return value;
    } catch (failure) {
      this.#fail(branch);
      throw failure;
    }
  }

  /** Notes that all branches are done. */
  succeed(event: 'ParallelStateSucceeded' | 'MapStateSucceeded'): void {
    this.#close();
    this.#outer.follow(this.#lastId);
    this.#outer.recordAside(event);
  }

  #fail(failed: Branch): void {
    this.#scope.signal.stop();
    this.#close();
    const failedId = failed.previousId;
    this.#outer.follow(failedId);
    this.#tellFailed(failed);
    this.abort(failedId);
  }

  #tellFailed(failed: Branch): number {
    const failedId = failed.previousId;
    const lastId = this.#tellEnd(failed, 'Failed', failedId);
    tellAborted(failed, failedId);
    return lastId;
  }

  /** Notes what ends with a failure outside; the history lets it follow the event of that failure. */
  abort(failedId: number): void {
    for (const branch of [...this.#running.keys()]) {
      this.#tellEnd(branch, 'Aborted', failedId);
      tellAborted(branch, failedId);
    }
  }

  #close(): void {
    this.#scope.release();
    this.#outer.inner = undefined;
  }

  /** Returns the last event of the branch. */
  #tellEnd(branch: Branch, how: 'Succeeded' | 'Failed' | 'Aborted', previousId: number): number {
    const iteration = this.#running.get(branch);
    this.#running.delete(branch);
    if (!iteration) return previousId;
    return branch.run.record(previousId, `MapIteration${how}`, {
      [`mapIteration${how}EventDetails`]: { ...iteration },
    });
  }
}

function tellAborted({ inner, inside, run }: Branch, failedId: number): void {
  inner?.abort(failedId);
  if (inside !== undefined && ABORTABLE.has(inside)) run.record(failedId, `${inside}StateAborted`, {});
}
